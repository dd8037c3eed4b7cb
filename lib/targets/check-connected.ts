import { checkEks } from "@/lib/targets/eks/check-eks";
import { checkCluster, type ClusterCheck } from "@/lib/targets/kubernetes/check/check-cluster";
import { connect, connectionConfigOf, openCredentials } from "@/lib/targets/kubernetes/connection";
import type { GuardedKubeConfig } from "@/lib/targets/kubernetes/guarded-kube-config";
import { settingsOf, type SettingsRow } from "@/lib/targets/kubernetes/settings-of";
import { AppError } from "@/lib/errors";

/** Looks at a connected cluster, and at its AWS account where it is on EKS. Credentials that cannot be opened are a finding too. */
export async function checkConnected(row: SettingsRow, now: Date): Promise<ClusterCheck> {
  const config = connectionConfigOf(row);
  const eks = config.auth === "eks" ? config : null;
  const context = {
    provider: eks ? (eks.autoMode ? "eks-auto" as const : "eks" as const) : "kubernetes" as const, clusterName: eks?.clusterName ?? null, region: eks?.region ?? null,
    credentialExpiresAt: config.auth === "kubeconfig" ? config.credentialExpiresAt : null, now,
  };
  let kc: GuardedKubeConfig;
  let externalId: string | null;
  try {
    const credentials = row.credentials ? openCredentials(row.slug, row.credentials) : null;
    externalId = credentials?.kind === "aws" ? credentials.externalId : null;
    kc = connect(config, credentials) as GuardedKubeConfig;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { findings: [{ id: "reachable", status: "missing", title: "API server", detail: error.message, fix: null }], detected: null };
  }
  try {
    const [cluster, account] = await Promise.all([checkCluster(kc, context), eks ? checkEks(eks, externalId, { albEdge: settingsOf(row).ingress.kind === "alb", now }) : []]);
    return { ...cluster, findings: [...cluster.findings, ...account] };
  } finally {
    await kc.close();
  }
}
