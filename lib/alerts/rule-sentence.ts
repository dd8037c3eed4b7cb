import { BURN } from "@/lib/alerts/judge";
import type { Condition, RuleInput } from "@/lib/alerts/schema";
import { formatDurationSeconds } from "@/lib/format/duration";

const WINDOW = { "5m": "5 minutes", "15m": "15 minutes", "1h": "an hour", "6h": "6 hours" } as const;
const minutes = (n: number) => (n === 1 ? "a minute" : `${n} minutes`);
/** At most three digits behind the point: 180, 0.45, 12.96. */
const figure = (n: number) => String(Number(n.toFixed(3)));
const MARGIN = 0.9;

/** What has to hold, after "When". */
function holds(c: Condition, of: string): string {
  switch (c.kind) {
    case "latency": return `the p99 latency of ${of} over ${WINDOW[c.window]} is above ${figure(c.thresholdMs)} ms`;
    case "errorRate": return `more than ${figure(c.thresholdPercent)} % of the requests to ${of} fail over ${WINDOW[c.window]}, through no fault of the caller`;
    case "saturation": return `more than ${figure(c.waitingPerReplica)} requests wait per ready replica of ${of}, on average over ${WINDOW[c.window]}`;
    case "noTraffic": return `no request reaches ${of} for ${WINDOW[c.window]} although a replica is ready`;
    case "crashLoop": return `${c.failures} or more replicas of ${of} fail within ${minutes(c.minutes)}`;
    case "spotInterruption": return `${c.interruptions} or more replicas of ${of} are interrupted on their nodes within ${minutes(c.minutes)}`;
    case "rolloutFailed": return `a canary of ${of} is rolled back by itself, or a revision of it given up, within ${minutes(c.minutes)}`;
    case "budget": return `more than ${figure(c.percent)} % of the monthly budget of an environment is spent`;
    case "burnRate": {
      const { factor, long, short } = BURN[c.speed];
      return `the error budget of ${figure(c.objectivePercent)} % availability of ${of} burns more than ${factor} times too fast, over ${WINDOW[long]} and over ${WINDOW[short]} at once`;
    }
  }
}

/** What has to hold before it is over. What counts events has no margin below its limit. */
function over(c: Condition): string {
  switch (c.kind) {
    case "latency": return `it is at most ${figure(c.thresholdMs * MARGIN)} ms`;
    case "errorRate": return `at most ${figure(c.thresholdPercent * MARGIN)} % fail`;
    case "saturation": return `at most ${figure(c.waitingPerReplica * MARGIN)} wait`;
    case "noTraffic": return "a request came";
    case "crashLoop": case "spotInterruption": return "there are fewer";
    case "rolloutFailed": return `there was none for ${minutes(c.minutes)}`;
    case "budget": return `at most ${figure(c.percent * MARGIN)} % is spent, as when a month begins`;
    case "burnRate": return `it burns at most ${figure(BURN[c.speed].factor * MARGIN)} times too fast in one of them`;
  }
}

/** The whole rule in words, as it will work: pure, so that the form says before saving what the evaluation does after. `told`: names of its channels. */
export function ruleSentence({ condition: c, deployment, severity, forSeconds, resolveSeconds, enabled }: Pick<RuleInput, "condition" | "deployment" | "severity" | "forSeconds" | "resolveSeconds" | "enabled">, told: readonly string[]): string[] {
  const of = deployment ?? "any deployment of the project";
  const fires = forSeconds === 0 ? "it fires at once" : `and this holds for ${formatDurationSeconds(forSeconds)} without a break, it fires`;
  const clear = resolveSeconds === 0 ? `as soon as ${over(c)}` : `once ${over(c)} for ${formatDurationSeconds(resolveSeconds)}`;
  return [
    `When ${holds(c, of)}${forSeconds === 0 ? ", " : " "}${fires}, as ${severity === "critical" ? "critical" : "a warning"}.`,
    `It is resolved ${clear}.`,
    told.length === 0 ? "Nobody is told: it shows in the portal alone." : `${listed(told)} ${told.length === 1 ? "is" : "are"} told when it fires and when it is over.`,
    ...(enabled ? [] : ["It is turned off: nothing is evaluated."]),
  ];
}

const listed = (names: readonly string[]) => (names.length === 1 ? names[0]! : `${names.slice(0, -1).join(", ")} and ${names.at(-1)!}`);
