import { BURN } from "@/lib/alerts/judge";
import type { Condition } from "@/lib/alerts/schema";
import { WINDOW_WORDS } from "@/lib/alerts/window-words";

/** A condition in a line. */
export function summaryOf(c: Condition): string {
  switch (c.kind) {
    case "latency": return `p99 above ${c.thresholdMs} ms over ${WINDOW_WORDS[c.window]}`;
    case "errorRate": return `more than ${c.thresholdPercent} % of requests fail over ${WINDOW_WORDS[c.window]}`;
    case "saturation": return `more than ${c.waitingPerReplica} requests wait per replica over ${WINDOW_WORDS[c.window]}`;
    case "noTraffic": return `no request for ${WINDOW_WORDS[c.window]}`;
    case "crashLoop": return c.failures === 1 ? `a replica fails in ${c.minutes} min` : `${c.failures} or more replicas fail in ${c.minutes} min`;
    case "spotInterruption": return c.interruptions === 1 ? `an interruption in ${c.minutes} min` : `${c.interruptions} or more interruptions in ${c.minutes} min`;
    case "rolloutFailed": return `a canary rolled back or a revision given up in ${c.minutes} min`;
    case "budget": return `more than ${c.percent} % of the monthly budget is spent`;
    case "burnRate": return `error budget of ${c.objectivePercent} % burns ${BURN[c.speed].factor} times too fast (${WINDOW_WORDS[BURN[c.speed].long]} and ${WINDOW_WORDS[BURN[c.speed].short]})`;
  }
}
