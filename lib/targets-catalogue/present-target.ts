import type { Actor } from "@/lib/auth/actor";
import { allows } from "@/lib/auth/permissions";
import { configOf, offeringOf } from "@/lib/targets-catalogue/region-of";
import type { TargetDetailDto, TargetDto } from "@/lib/targets-catalogue/schema";
import type { ConnectionConfig } from "@/lib/targets/kubernetes/connection-config";
import { readSettings } from "@/lib/targets/kubernetes/target-settings";
import type { Finding } from "@/lib/targets/target";

export type StoredTarget = {
  slug: string; name: string; kind: string; config: unknown; credentials: Uint8Array | null; settings: unknown; detected: unknown; findings: unknown; checkedAt: Date | null; version: number; createdAt: Date;
};

export const targetEtag = (t: { version: number }): string => `v${t.version}`;

export function presentTarget(t: StoredTarget): TargetDto {
  const config = configOf(t);
  const provider = t.kind === "local" ? "local" as const : config?.auth === "eks" ? (config.autoMode ? "eks-auto" as const : "eks" as const) : "kubernetes" as const;
  return { slug: t.slug, name: t.name, provider, ...offeringOf(t), createdAt: t.createdAt.toISOString(), onDemandDiscountPercent: readSettings(t.settings).onDemandDiscountPercent ?? null, gpuQuota: quotaOf(t), check: summaryOf(t) };
}

export function presentTargetDetail(actor: Actor, t: StoredTarget & { _count: { deployments: number } }): TargetDetailDto {
  const manages = allows(actor, "target.manage", null);
  const config = configOf(t);
  return {
    ...presentTarget(t), deployments: t._count.deployments, findings: findingsOf(t),
    connection: manages && config ? presentConnection(config, t.credentials !== null) : null,
    settings: manages ? readSettings(t.settings) : null, detected: manages ? readSettings(t.detected) : null,
  };
}

const findingsOf = (t: StoredTarget): Finding[] | null => (Array.isArray(t.findings) ? (t.findings as Finding[]) : null);

function quotaOf(t: StoredTarget): TargetDto["gpuQuota"] {
  const found = findingsOf(t)?.find((f) => f.id === "gpu-quota");
  return found ? { status: found.status, detail: found.detail, readings: found.quotas ?? [] } : null;
}

function summaryOf(t: StoredTarget): TargetDto["check"] {
  const findings = findingsOf(t);
  if (!findings || !t.checkedAt) return null;
  const count = (status: Finding["status"]) => findings.filter((f) => f.status === status && !f.optional).length;
  return { at: t.checkedAt.toISOString(), ok: count("ok"), warnings: count("warning"), missing: count("missing"), reachable: !findings.some((f) => f.id === "reachable" && f.status !== "ok") };
}

function presentConnection(c: ConnectionConfig, sealed: boolean): NonNullable<TargetDetailDto["connection"]> {
  const none = { server: null, context: null, user: null, credentialExpiresAt: null, clusterName: null, accountId: null, roleArn: null, externalIdSet: false, instance: c.instance };
  if (c.auth === "in-cluster") return { ...none, type: "in-cluster", credential: "service-account" };
  if (c.auth === "eks") return { ...none, type: "eks", credential: "aws", server: c.endpoint, clusterName: c.clusterName, accountId: c.accountId, roleArn: c.roleArn, externalIdSet: sealed };
  return { ...none, type: "kubeconfig", credential: c.credential, server: c.server, context: c.context, user: c.user, clusterName: c.cluster, credentialExpiresAt: c.credentialExpiresAt };
}
