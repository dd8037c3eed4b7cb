import { BURN } from "@/lib/alerts/judge";
import { ruleSentence } from "@/lib/alerts/rule-sentence";
import type { Condition, RuleInput } from "@/lib/alerts/schema";
import type { Measure } from "@/lib/observability/measures";
import { planQueries, type PlanInput } from "@/lib/observability/promql/plan-queries";
import type { Manifest } from "@/lib/targets/kubernetes/manifests/manifest";

export type ExportedRule = RuleInput & { id: string };
export type ExportedDeployment = { slug: string; series: PlanInput; url: string };
export type Skipped = { rule: string; deployment: string | null; why: string };
type Made = { expr: string } | { why: string };

/** CamelCase, as alerts of Kubernetes are named; the rule's own name is a label. */
const ALERT: Record<Condition["kind"], string> = {
  latency: "SlipwayLatencyHigh", errorRate: "SlipwayErrorRateHigh", burnRate: "SlipwayErrorBudgetBurns", saturation: "SlipwaySaturated", noTraffic: "SlipwayNoTraffic",
  crashLoop: "SlipwayCrashLoop", spotInterruption: "SlipwaySpotInterrupted", rolloutFailed: "SlipwayRolloutFailed", budget: "SlipwayBudgetSpent",
};

/** Pure: a condition over a deployment's series as PromQL, or why it cannot be one. */
export function expressionOf(c: Condition, series: PlanInput): Made {
  // The first measure that is missing is the reason for the whole.
  const over = (window: string, measures: Measure[], write: (...expressions: string[]) => string): Made => {
    const plan = planQueries({ ...series, window });
    const read = measures.map((m) => plan.measures[m]);
    const lacks = read.find((p) => "absent" in p);
    return lacks && "absent" in lacks ? { why: lacks.absent } : { expr: write(...read.map((p) => ("expression" in p ? p.expression : ""))) };
  };
  switch (c.kind) {
    case "latency": return over(c.window, ["p99"], (p99) => `(${p99}) * 1000 > ${c.thresholdMs}`);
    case "errorRate": return over(c.window, ["errorRate"], (share) => `(${share}) * 100 > ${c.thresholdPercent}`);
    case "saturation": return over(c.window, ["queue", "replicas"], (queue, ready) => `avg_over_time((${queue})[${c.window}:30s]) / avg_over_time((${ready})[${c.window}:30s]) > ${c.waitingPerReplica}`);
    case "noTraffic": return over(c.window, ["requestsPerSecond", "replicas"], (rate, ready) => `((${rate}) == 0) and ((${ready}) > 0)`);
    case "crashLoop": return over(`${c.minutes}m`, ["restarts"], (restarts) => `(${restarts}) >= ${c.failures}`);
    case "burnRate": {
      const { factor, long, short } = BURN[c.speed];
      // As the evaluation counts: errors of a share, times too fast.
      const burns = (window: string) => over(window, ["errorRate"], (share) => `(${share}) / ${Number((1 - c.objectivePercent / 100).toPrecision(9))} > ${factor}`);
      const [a, b] = [burns(long), burns(short)];
      return "why" in a ? a : "why" in b ? b : { expr: `(${a.expr}) and (${b.expr})` };
    }
    case "spotInterruption": return { why: "Interruptions are events of nodes; Prometheus has no series of them for one deployment." };
    case "rolloutFailed": return { why: "Rollouts are made, and given up, by Slipway alone." };
    case "budget": return { why: "What was spent is known to Slipway alone." };
  }
}

/** A name may hold what a template of Prometheus would run. */
const plain = (text: string): string => text.replaceAll("{{", '{{ "{{" }}');

type Input = { project: string; name: string; namespace: string; rules: readonly ExportedRule[]; deployments: readonly ExportedDeployment[] };

/**
 * Pure: a project's rules as one object of the Prometheus operator. `for` and `keep_firing_for` stand for how long a rule waits on both ends; its
 * margin below a limit has no counterpart there. A rule of every deployment becomes one alert each, since their servers name their series differently.
 */
export function prometheusRule({ project, name, namespace, rules, deployments }: Input): { object: Manifest; alerts: number; skipped: Skipped[] } {
  const skipped: Skipped[] = [];
  const groups = rules.filter((r) => r.enabled).flatMap((rule) => {
    const subjects = deployments.filter((d) => rule.deployment === null || rule.deployment === d.slug);
    if (rule.condition.kind === "budget" || rule.condition.kind === "spotInterruption" || rule.condition.kind === "rolloutFailed") {
      const made = expressionOf(rule.condition, subjects[0]?.series ?? NOWHERE);
      if ("why" in made) skipped.push({ rule: rule.name, deployment: null, why: made.why });
      return [];
    }
    const alerts = subjects.flatMap((d) => {
      const made = expressionOf(rule.condition, d.series);
      if ("why" in made) { skipped.push({ rule: rule.name, deployment: d.slug, why: made.why }); return []; }
      return [{
        alert: ALERT[rule.condition.kind], expr: made.expr, for: `${rule.forSeconds}s`, keep_firing_for: `${rule.resolveSeconds}s`,
        labels: { severity: rule.severity, slipway_project: project, slipway_deployment: d.slug, slipway_rule: plain(rule.name) },
        annotations: { summary: plain(`${rule.name}: ${d.slug}`), description: plain(ruleSentence({ ...rule, deployment: d.slug }, [])[0]!), dashboard_url: d.url },
      }];
    });
    return alerts.length === 0 ? [] : [{ name: `slipway-${rule.id}`, interval: "30s", rules: alerts }];
  });
  return {
    object: { apiVersion: "monitoring.coreos.com/v1", kind: "PrometheusRule", metadata: { name, namespace, labels: { "app.kubernetes.io/managed-by": "slipway", "app.kubernetes.io/part-of": "slipway" } }, spec: { groups } },
    alerts: groups.reduce((n, g) => n + g.rules.length, 0), skipped,
  };
}

/** For kinds that need no series. */
const NOWHERE = {} as PlanInput;
