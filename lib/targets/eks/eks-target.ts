import type { Cluster } from "@aws-sdk/client-eks";
import { AppError } from "@/lib/errors";
import { awsProblem } from "@/lib/targets/eks/aws-problem";
import type { AssumeRole } from "@/lib/targets/eks/credentials";
import { describeEks, isAutoMode } from "@/lib/targets/eks/discover";
import type { EksConfig } from "@/lib/targets/kubernetes/connection-config";

/**
 * What is kept of an EKS cluster to reach it: address, authority, account, Auto Mode. From there on it is a Kubernetes target.
 * Throws unprocessable in words where AWS refuses or the cluster is not active.
 */
export async function readEksConfig(input: { region: string; clusterName: string; role: AssumeRole | null; instance: string }): Promise<EksConfig> {
  const cluster = await describeEks(input.region, input.clusterName, input.role).catch((error: unknown) => {
    throw new AppError("unprocessable", awsProblem(error, "eks:DescribeCluster").message, { cause: error });
  });
  return eksConfigOf(cluster, input);
}

/** Pure. Exported for its test. */
export function eksConfigOf(cluster: Cluster, { region, clusterName, role, instance }: { region: string; clusterName: string; role: AssumeRole | null; instance: string }): EksConfig {
  const { endpoint, arn } = cluster;
  const caData = cluster.certificateAuthority?.data;
  if (cluster.status !== "ACTIVE" && cluster.status !== "UPDATING") throw new AppError("unprocessable", `The cluster ${clusterName} is ${cluster.status ?? "in an unknown state"}. Connect it once it is ACTIVE.`);
  if (!endpoint || !caData || !arn) throw new AppError("unprocessable", `AWS does not tell how to reach ${clusterName} yet. Try again once it is ACTIVE.`);
  return {
    auth: "eks", instance, region, clusterName, clusterArn: arn, accountId: arn.split(":")[4] ?? "", endpoint, caData, autoMode: isAutoMode(cluster), roleArn: role?.roleArn ?? null,
  };
}
