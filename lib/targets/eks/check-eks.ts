import { awsCredentials } from "@/lib/targets/eks/credentials";
import { awsProblem } from "@/lib/targets/eks/aws-problem";
import { cloudWatchFinding } from "@/lib/targets/eks/cloudwatch-finding";
import { describeEks, isAutoMode } from "@/lib/targets/eks/discover";
import { EC2_QUOTAS } from "@/lib/targets/eks/ec2-quotas";
import { type QuotaReading, readQuotas } from "@/lib/targets/eks/quotas";
import type { EksConfig } from "@/lib/targets/kubernetes/connection-config";
import type { Finding } from "@/lib/targets/target";

/** What the AWS account says of a cluster: its state, whether the account may start GPU instances at all, and, where an ALB is its edge, whether that is measured. */
export async function checkEks(config: EksConfig, externalId: string | null, { albEdge, now }: { albEdge: boolean; now: Date }): Promise<Finding[]> {
  const role = config.roleArn === null ? null : { roleArn: config.roleArn, externalId };
  const [cluster, quotas, figures] = await Promise.all([clusterFinding(config, role), readQuotas(config.region, awsCredentials(config.region, role)), albEdge ? cloudWatchFinding(config.region, role, now) : null]);
  return [cluster, quotaFinding(quotas, config.region), ...(figures ? [figures] : [])];
}

async function clusterFinding(config: EksConfig, role: Parameters<typeof describeEks>[2]): Promise<Finding> {
  const base = { id: "eks", title: `EKS cluster ${config.clusterName}` };
  try {
    const cluster = await describeEks(config.region, config.clusterName, role);
    if (isAutoMode(cluster) !== config.autoMode || cluster.endpoint !== config.endpoint) return { ...base, status: "warning", detail: `It was changed since it was connected${isAutoMode(cluster) === config.autoMode ? "" : ` (Auto Mode is ${isAutoMode(cluster) ? "on" : "off"} now)`}. Connect it again under the target's settings.`, fix: null };
    const open = cluster.resourcesVpcConfig?.endpointPublicAccess === true && (cluster.resourcesVpcConfig.publicAccessCidrs ?? []).includes("0.0.0.0/0");
    return { ...base, status: cluster.status === "ACTIVE" ? "ok" : "warning", detail: `${cluster.status ?? "Unknown"}, account ${config.accountId}, ${config.region}${config.autoMode ? ", Auto Mode" : ""}${open ? "; its API server can be reached from everywhere" : ""}.`, fix: null };
  } catch (error) {
    return { ...base, status: "unknown", detail: awsProblem(error, "eks:DescribeCluster").message, fix: null };
  }
}

/** Pure. vCPUs of GPU families that the account may run: zero in a new account, and the most common first failure. Exported for its test. */
export function quotaFinding(readings: QuotaReading[], region: string): Finding {
  // What is not of GPUs is kept for the wizard, and decides nothing here.
  const base = { id: "gpu-quota", title: "GPU quota of the account", quotas: readings.map(({ family, capacity, vcpus }) => ({ family, capacity, vcpus })) };
  const known = readings.filter((r): r is QuotaReading & { vcpus: number } => r.vcpus !== null && (r.family === "G and VT" || r.family === "P"));
  if (known.length === 0) {
    return { ...base, status: "unknown", detail: `${readings[0]?.problem ?? "It could not be read."} In a new account it is zero, and no GPU instance starts.`, fix: `aws service-quotas get-service-quota --service-code ec2 --quota-code ${EC2_QUOTAS[0]!.code} --region ${region}` };
  }
  const words = known.map((r) => `${r.family} ${r.capacity}: ${r.vcpus} vCPUs`).join("; ");
  const zero = known.find((r) => r.vcpus === 0);
  const ask = (r: QuotaReading) => `aws service-quotas request-service-quota-increase --service-code ec2 --quota-code ${r.code} --desired-value 16 --region ${region}`;
  if (known.every((r) => r.vcpus === 0)) return { ...base, status: "missing", detail: `No GPU instance can start in ${region}: ${words}. An increase takes AWS from minutes to days.`, fix: ask(zero!) };
  // The smallest G instances have 4 vCPUs; less is as good as none.
  const tight = known.find((r) => r.family === "G and VT" && r.vcpus < 4);
  if (tight) return { ...base, status: "warning", detail: `${words}. No ${tight.capacity} instance of family ${tight.family} can start.`, fix: ask(tight) };
  return { ...base, status: "ok", detail: `${words}.`, fix: null };
}
