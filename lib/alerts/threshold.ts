import { BURN } from "@/lib/alerts/judge";
import type { Condition } from "@/lib/alerts/schema";

export type Threshold = {
  /** null: nothing is compared, as of traffic that does not come. */ limit: number | null;
  /** Behind a figure: "ms", "%". */ unit: string;
  /** above: over the limit; atLeast: the limit itself already. */ when: "above" | "atLeast" | "none";
};

/** What a condition's value is held against, in the value's own unit. Pure. */
export function thresholdOf(c: Condition): Threshold {
  switch (c.kind) {
    case "latency": return { limit: c.thresholdMs, unit: "ms", when: "above" };
    case "errorRate": return { limit: c.thresholdPercent, unit: "%", when: "above" };
    case "saturation": return { limit: c.waitingPerReplica, unit: "waiting a replica", when: "above" };
    case "noTraffic": return { limit: null, unit: "requests", when: "none" };
    case "crashLoop": return { limit: c.failures, unit: "failures", when: "atLeast" };
    case "spotInterruption": return { limit: c.interruptions, unit: "interruptions", when: "atLeast" };
    case "rolloutFailed": return { limit: 1, unit: "rollouts", when: "atLeast" };
    case "budget": return { limit: c.percent, unit: "%", when: "above" };
    case "burnRate": return { limit: BURN[c.speed].factor, unit: "times too fast", when: "above" };
  }
}
