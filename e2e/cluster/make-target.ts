import { createHmac, randomUUID } from "node:crypto";
import fs from "node:fs";
import { connect } from "@/lib/targets/kubernetes/connection";
import { KubernetesTarget, type KubernetesTargetDeps } from "@/lib/targets/kubernetes/kubernetes-target";
import { renderDeployment } from "@/lib/targets/kubernetes/manifests/render";
import type { KubeObject } from "@/lib/targets/kubernetes/objects";
import { readKubeconfig, useContext as contextOf } from "@/lib/targets/kubernetes/parse-kubeconfig";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import type { ClusterRevision, DeploymentSpec, Placement } from "@/lib/targets/target";

/** `instance`: of its own for each test, so that none sees another's objects. */
export const settingsOf = (change: Partial<ClusterSettings> = {}): ClusterSettings => ({
  targetSlug: "test", instance: `t${randomUUID().slice(0, 7)}`, artifactUrl: "http://slipway.example.internal:3000", modelServerImage: `slipway/model-server@sha256:${"a".repeat(64)}`,
  provider: "kubernetes", nodes: "any", ingress: { kind: "gateway", gatewayName: "test", gatewayNamespace: "default", hostname: "models.example.com" },
  jwt: { issuer: "https://slipway.example.com", jwksUrl: "https://slipway.example.com/.well-known/jwks.json", audience: "slipway" },
  keda: false, prometheusOperator: true, prometheusUrl: null, datadogAgent: false, customMetrics: false, serviceAccountRoleArn: null, namespacePrefix: "slipway", ...change,
});

/** Connected as the product connects: vetted, and by connections that are kept. */
export function makeTarget(kubeconfig: string, settings: ClusterSettings, deps: Partial<KubernetesTargetDeps> = {}): KubernetesTarget {
  const { credentials, ...at } = contextOf(readKubeconfig(fs.readFileSync(kubeconfig, "utf8")), "test");
  const config = connect({ auth: "kubeconfig", instance: settings.instance, context: "test", credential: "token", credentialExpiresAt: null, ...at }, credentials);
  return new KubernetesTarget(async () => config, settings, {
    render: (spec, s) => renderDeployment(spec, s) as KubeObject[], digestOf: (value) => createHmac("sha256", "test").update(value).digest("hex"),
    check: async () => [{ id: "cluster", status: "ok", title: "Cluster", detail: "The suite's own.", fix: null }], ...deps,
  });
}

const placement: Placement = { capacityType: "on-demand", instanceTypes: [], architecture: "amd64", acceleratorResource: null, diskGib: 20 };
export const clusterRevision = (change: Partial<Placement> = {}): ClusterRevision => ({ placement: { ...placement, ...change }, image: null, pullSecret: null, signature: null, startSeconds: null });

/** What only a cluster needs, put to a spec that speaks of none. */
export const onCluster = (spec: DeploymentSpec, change: Partial<Placement> = {}): DeploymentSpec => ({
  ...spec, cluster: { environment: "dev", artifactToken: "canary-artifact-token" }, revisions: spec.revisions.map((r) => ({ ...r, cluster: r.cluster ?? clusterRevision(change) })),
});
