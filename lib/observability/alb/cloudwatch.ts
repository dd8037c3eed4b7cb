import { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand, type MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { countSourceFailure } from "@/lib/health/loop-metrics";
import type { Question, Stretch } from "@/lib/observability/alb/questions";
import { ANSWER, UselessAnswer } from "@/lib/observability/useless-answer";
import { awsProblem } from "@/lib/targets/eks/aws-problem";
import { CLOUDWATCH_STATEMENT } from "@/lib/targets/eks/cloudwatch-finding";
import { type AssumeRole, awsCredentials } from "@/lib/targets/eks/credentials";
import { traced } from "@/lib/tracing/traced";

/** Values by the start of their period. */
export type Values = ReadonlyMap<number, number>;
export type CloudWatch = {
  /** Answers in the order of the questions. Throws UselessAnswer. */
  values(questions: readonly Question[], stretch: Pick<Stretch, "fromSeconds" | "toSeconds">): Promise<Values[]>;
  /** The load balancer in front of each target group, as far as it had a request within two weeks. Throws UselessAnswer. */
  loadBalancersOf(targetGroups: readonly string[]): Promise<Map<string, string>>;
};
export type AwsIdentity = { region: string; role: AssumeRole | null };

const NAMESPACE = "AWS/ApplicationELB";
/** What one GetMetricData may ask. */
const MOST_QUESTIONS = 500;
const MOST_PAGES = 12;
/** Asked one by one up to here; of more, all target groups of the region are listed, 500 rows a page. */
const MOST_BY_NAME = 3;
/** Its figures change once a minute, and AWS takes money for each metric: who asks the same within that time has the answer of the first. */
const SAME_ANSWER_MS = 60_000;
const SAME_BALANCER_MS = 3_600_000;
const MOST_KEPT = 200;

type Kept<T> = Map<string, { until: number; answer: Promise<T> }>;
const clients = new Map<string, CloudWatchClient>();
const answers: Kept<Values[]> = new Map();
const balancers = new Map<string, { until: number; loadBalancer: string | null }>();

/** One account and region. What is kept is kept by who asked: one identity's answer is never another's. */
export function cloudWatch(identity: AwsIdentity, clock: () => number = Date.now): CloudWatch {
  const account = JSON.stringify([identity.region, identity.role?.roleArn, identity.role?.externalId]);
  const send = <T>(action: string, work: (client: CloudWatchClient, abortSignal: AbortSignal) => Promise<T>): Promise<T> => traced({ name: `cloudwatch ${action}`, kind: "client", attributes: { "cloud.region": identity.region } }, async () => {
    try {
      return await work(clientOf(account, identity), AbortSignal.timeout(ANSWER.timeoutMs));
    } catch (error) {
      countSourceFailure("cloudwatch");
      throw error instanceof UselessAnswer ? error : inWords(error, `cloudwatch:${action}`);
    }
  });
  return {
    async values(questions, stretch) {
      const key = `${account} ${JSON.stringify([questions, stretch.fromSeconds, stretch.toSeconds])}`;
      const parts = Array.from({ length: Math.ceil(questions.length / MOST_QUESTIONS) }, (_, i) => questions.slice(i * MOST_QUESTIONS, (i + 1) * MOST_QUESTIONS));
      return keep(answers, key, clock(), async () => (await Promise.all(parts.map((some) => send("GetMetricData", (client, abortSignal) => getValues(client, some, stretch, abortSignal))))).flat());
    },
    async loadBalancersOf(targetGroups) {
      const of = (g: string) => `${account} ${g}`;
      const unknown = [...new Set(targetGroups)].filter((g) => (balancers.get(of(g))?.until ?? 0) <= clock());
      if (unknown.length > 0) {
        const found = await send("ListMetrics", async (client, abortSignal) => new Map((await Promise.all((unknown.length > MOST_BY_NAME ? [undefined] : unknown).map((g) => listBalancers(client, g, abortSignal)))).flat()));
        if (balancers.size > 50 * MOST_KEPT) balancers.clear();
        for (const g of unknown) balancers.set(of(g), { loadBalancer: found.get(g) ?? null, until: clock() + (found.has(g) ? SAME_BALANCER_MS : SAME_ANSWER_MS) });
      }
      return new Map(targetGroups.flatMap((g) => { const lb = balancers.get(of(g))?.loadBalancer; return lb ? [[g, lb] as const] : []; }));
    },
  };
}

function clientOf(account: string, { region, role }: AwsIdentity): CloudWatchClient {
  const known = clients.get(account);
  if (known) return known;
  if (clients.size >= MOST_KEPT) clients.clear();
  const made = new CloudWatchClient({ region, credentials: awsCredentials(region, role), maxAttempts: 3 });
  clients.set(account, made);
  return made;
}

function keep<T>(kept: Kept<T>, key: string, now: number, ask: () => Promise<T>): Promise<T> {
  const before = kept.get(key);
  if (before && before.until > now) return before.answer;
  for (const [k, v] of kept) if (v.until <= now || kept.size >= MOST_KEPT) kept.delete(k);
  const answer = ask();
  answer.catch(() => undefined);
  kept.set(key, { until: now + SAME_ANSWER_MS, answer });
  return answer;
}

async function getValues(client: CloudWatchClient, questions: readonly Question[], stretch: Pick<Stretch, "fromSeconds" | "toSeconds">, abortSignal: AbortSignal): Promise<Values[]> {
  const MetricDataQueries = questions.map((q, i): MetricDataQuery => ({ Id: `q${i}`, MetricStat: { Metric: { Namespace: NAMESPACE, MetricName: q.metric, Dimensions: dimensions(q) }, Period: q.periodSeconds, Stat: q.stat } }));
  const values = questions.map(() => new Map<number, number>());
  let NextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await client.send(new GetMetricDataCommand({ StartTime: new Date(stretch.fromSeconds * 1000), EndTime: new Date(stretch.toSeconds * 1000), ScanBy: "TimestampAscending", MetricDataQueries, NextToken }), { abortSignal });
    for (const r of answer.MetricDataResults ?? []) {
      if (r.StatusCode === "Forbidden" || r.StatusCode === "InternalError") throw new UselessAnswer(`CloudWatch gave no answer for a metric (${r.StatusCode}).`);
      const into = values[Number(r.Id?.slice(1))];
      r.Timestamps?.forEach((t, i) => { const v = r.Values?.[i]; if (typeof v === "number" && Number.isFinite(v)) into?.set(Math.round(t.getTime() / 1000), v); });
    }
    NextToken = answer.NextToken;
    if (!NextToken) return values;
  }
  throw new UselessAnswer(`CloudWatch's answer has more than ${MOST_PAGES} pages. Choose a shorter time.`);
}

const dimensions = ({ loadBalancer, targetGroup }: Question) => [{ Name: "LoadBalancer", Value: loadBalancer }, ...(targetGroup === null ? [] : [{ Name: "TargetGroup", Value: targetGroup }])];

/** Target group and load balancer, of one target group or of all. Rows told apart by zone too say the same once more. */
async function listBalancers(client: CloudWatchClient, targetGroup: string | undefined, abortSignal: AbortSignal): Promise<[string, string][]> {
  const found = new Map<string, string>();
  let NextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await client.send(new ListMetricsCommand({ Namespace: NAMESPACE, MetricName: "RequestCount", Dimensions: [{ Name: "TargetGroup", Value: targetGroup }], NextToken }), { abortSignal });
    for (const { Dimensions } of answer.Metrics ?? []) {
      const [group, lb] = ["TargetGroup", "LoadBalancer"].map((name) => Dimensions?.find((d) => d.Name === name)?.Value);
      if (group && lb) found.set(group, lb);
    }
    NextToken = answer.NextToken;
    if (!NextToken) break;
  }
  return [...found];
}

function inWords(error: unknown, action: string): UselessAnswer {
  if ((error as Error).name === "AbortError") return new UselessAnswer(`CloudWatch did not answer within ${ANSWER.timeoutMs / 1000} s.`);
  const { code, message } = awsProblem(error, action);
  return new UselessAnswer(code === "denied" ? `${message} The statement: ${CLOUDWATCH_STATEMENT}` : message);
}
