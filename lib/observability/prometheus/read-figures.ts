import type { Figures } from "@/lib/deployments/canary-plan";
import type { Ask } from "@/lib/observability/prometheus/ask";
import type { Planned, QueryPlan } from "@/lib/observability/promql/plan-queries";
import { UselessAnswer } from "@/lib/observability/useless-answer";

/** Requests, failures and p99 over one stretch of time: three queries. What is not there is null, with the reason. */
export async function readFigures(ask: Ask, plan: QueryPlan, seconds: number, to: Date): Promise<Figures> {
  const missing: Figures["missing"] = {};
  const read = async (planned: Planned | { absent: string }, of: keyof Figures["missing"]): Promise<number | null> => {
    const lacks = (why: string): null => {
      missing[of] = why;
      return null;
    };
    if ("absent" in planned) return lacks(planned.absent);
    try {
      const { series, warnings } = await ask("query", { query: planned.expression, time: String(Math.floor(to.getTime() / 1000)) });
      if (warnings.length > 0) return lacks(`The source says that a part is missing: ${warnings[0]}`);
      return series[0]?.points[0]?.[1] ?? lacks(planned.whenEmpty);
    } catch (error) {
      if (error instanceof UselessAnswer) return lacks(error.message);
      throw error;
    }
  };
  const { requestsPerSecond, errorRate, p99 } = plan.measures;
  const [rate, failed, p99Seconds] = await Promise.all([read(requestsPerSecond, "requests"), read(errorRate, "errors"), read(p99, "p99Seconds")]);
  const requests = rate === null ? null : Math.round(rate * seconds);
  return { requests, errors: requests === null || failed === null ? null : Math.round(requests * failed), p99Seconds, missing };
}
