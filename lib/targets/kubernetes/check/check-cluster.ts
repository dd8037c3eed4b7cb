import type { KubeConfig } from "@kubernetes/client-node";
import { AppError } from "@/lib/errors";
import { detect } from "@/lib/targets/kubernetes/check/detect";
import { type CheckContext, findingsOf } from "@/lib/targets/kubernetes/check/findings";
import { hostOf, readFacts } from "@/lib/targets/kubernetes/check/read-facts";
import type { TargetSettings } from "@/lib/targets/kubernetes/target-settings";
import type { Finding } from "@/lib/targets/target";

export type ClusterCheck = { findings: Finding[]; /** null: the cluster could not be asked, so what was known of it stands. */ detected: TargetSettings | null };

/** Looks at a cluster. It not answering is a finding, not an error. */
export async function checkCluster(kc: KubeConfig, context: CheckContext): Promise<ClusterCheck> {
  try {
    const facts = await readFacts(kc);
    return { findings: findingsOf(facts, context), detected: detect(facts, context) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { findings: [{ id: "reachable", status: "missing", title: "API server", detail: error.message, fix: wayIn(kc, context) }], detected: null };
  }
}

const wayIn = (kc: KubeConfig, { provider, clusterName, region }: CheckContext): string | null =>
  provider !== "kubernetes" && clusterName && region ? `aws eks describe-cluster --name ${clusterName} --region ${region} --query 'cluster.{status:status,public:resourcesVpcConfig.endpointPublicAccess,from:resourcesVpcConfig.publicAccessCidrs}'`
    : /^[\w.:[\]-]+$/.test(hostOf(kc)) ? `curl -kv --max-time 10 https://${hostOf(kc)}/version` : null;
