import { env } from "@/lib/env";
import { connectionConfigOf, type ConnectionRow } from "@/lib/targets/kubernetes/connection";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import { readSettings } from "@/lib/targets/kubernetes/target-settings";

export type SettingsRow = ConnectionRow & { settings?: unknown; detected?: unknown };
export type SettingsDefaults = { artifactUrl: string; modelServerImage: string; /** Who signs the tokens of callers; the artifact address unless said. */ issuer?: string };

/** What a person set, over what was detected, over what holds everywhere. Pure but for the defaults, which come from the environment. */
export function settingsOf(row: SettingsRow, defaults: SettingsDefaults = { artifactUrl: env().baseUrl, modelServerImage: env().SLIPWAY_MODEL_SERVER_IMAGE }): ClusterSettings {
  const config = connectionConfigOf(row);
  const s = { ...readSettings(row.detected), ...readSettings(row.settings) };
  const autoMode = config.auth === "eks" && config.autoMode;
  return {
    targetSlug: row.slug, instance: config.instance,
    artifactUrl: s.artifactUrl ?? defaults.artifactUrl, modelServerImage: s.modelServerImage ?? defaults.modelServerImage,
    provider: autoMode ? "eks-auto" : config.auth === "eks" ? "eks" : "kubernetes",
    nodes: s.nodes ?? (autoMode ? "karpenter" : "any"),
    ingress: s.ingress ?? { kind: "none" },
    // The edge reads the keys where pods read files: an address of Slipway that the cluster reaches.
    jwt: { issuer: defaults.issuer ?? defaults.artifactUrl, jwksUrl: `${s.artifactUrl ?? defaults.artifactUrl}/api/v1/jwks`, audience: `slipway:${config.instance}` },
    keda: s.keda ?? false, prometheusOperator: s.prometheusOperator ?? false, prometheusUrl: s.prometheusUrl ?? null, datadogAgent: s.datadogAgent ?? false, customMetrics: s.customMetrics ?? false,
    serviceAccountRoleArn: s.serviceAccountRoleArn ?? null, namespacePrefix: s.namespacePrefix ?? "slipway",
  };
}
