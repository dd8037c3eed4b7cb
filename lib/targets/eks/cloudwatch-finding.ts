import { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { awsProblem } from "@/lib/targets/eks/aws-problem";
import { type AssumeRole, awsCredentials } from "@/lib/targets/eks/credentials";
import type { Finding } from "@/lib/targets/target";

const TIMEOUT_MS = 15_000;
/** What Slipway needs of CloudWatch, as a statement of an IAM policy. Neither action can be narrowed to a resource. */
export const CLOUDWATCH_STATEMENT = '{ "Effect": "Allow", "Action": ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"], "Resource": "*" }';

/** Whether a load balancer's figures can be read: both calls are made, for one metric that needs not be there. */
export async function cloudWatchFinding(region: string, role: AssumeRole | null, now: Date): Promise<Finding> {
  const client = new CloudWatchClient({ region, credentials: awsCredentials(region, role), maxAttempts: 2 });
  const base = { id: "cloudwatch", title: "The load balancer's figures (CloudWatch)", optional: true as const };
  const Metric = { Namespace: "AWS/ApplicationELB", MetricName: "RequestCount" };
  let action = "cloudwatch:ListMetrics";
  try {
    await client.send(new ListMetricsCommand({ ...Metric, Dimensions: [{ Name: "TargetGroup" }] }), { abortSignal: AbortSignal.timeout(TIMEOUT_MS) });
    action = "cloudwatch:GetMetricData";
    const minute = Math.floor(now.getTime() / 60_000) * 60_000;
    await client.send(new GetMetricDataCommand({ StartTime: new Date(minute - 300_000), EndTime: new Date(minute), MetricDataQueries: [{ Id: "q0", MetricStat: { Metric, Period: 300, Stat: "Sum" } }] }), { abortSignal: AbortSignal.timeout(TIMEOUT_MS) });
    return { ...base, status: "ok", detail: "What a model server does not tell of its requests is read from the load balancer.", fix: null };
  } catch (error) {
    const { code, message } = awsProblem(error, action);
    const denied = code === "denied";
    return { ...base, status: denied ? "missing" : "unknown", detail: `${message} Without it, what a model server does not tell of its requests stays unknown.`, fix: denied ? policyCommand(role) : null };
  }
}

/** The role is known where one is assumed; else it is that of Slipway's own processes. Exported for its test. */
export const policyCommand = (role: AssumeRole | null): string =>
  `aws iam put-role-policy --role-name ${role?.roleArn.split("/").at(-1) ?? "SLIPWAYS_ROLE"} --policy-name slipway-cloudwatch --policy-document '{"Version":"2012-10-17","Statement":[${CLOUDWATCH_STATEMENT}]}'`;
