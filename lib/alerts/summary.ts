import { BURN } from "@/lib/alerts/judge";
import type { Condition } from "@/lib/alerts/schema";

/** A condition in a line. */
export function summaryOf(c: Condition): string {
  switch (c.kind) {
    case "latency": return `p99 above ${c.thresholdMs} ms over ${c.window}`;
    case "errorRate": return `more than ${c.thresholdPercent} % of requests fail over ${c.window}`;
    case "saturation": return `more than ${c.waitingPerReplica} requests wait per replica over ${c.window}`;
    case "noTraffic": return `no request for ${c.window}`;
    case "crashLoop": return `${c.failures} or more replicas fail in ${c.minutes} min`;
    case "spotInterruption": return `${c.interruptions} or more interruptions in ${c.minutes} min`;
    case "rolloutFailed": return `a canary rolled back or a revision given up in ${c.minutes} min`;
    case "budget": return `more than ${c.percent} % of the monthly budget is spent`;
    case "burnRate": return `error budget of ${c.objectivePercent} % burns ${BURN[c.speed].factor} times too fast (${BURN[c.speed].long} and ${BURN[c.speed].short})`;
  }
}
