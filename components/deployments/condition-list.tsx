import { RelativeTime } from "@/components/ui/relative-time";
import { stateLook, type State } from "@/components/ui/status";
import { cx } from "@/components/ui/cx";
import type { DeploymentDto } from "@/lib/deployments/schema";

type Condition = DeploymentDto["status"]["conditions"][number];

/** Good where they are not so. */
const BETTER_NOT = new Set(["BackOff", "Drifted"]);
/** Reasons for which nothing progresses and nothing is wrong. */
const AT_REST = new Set(["RolloutComplete", "CanaryHeld", "Stopped", "ScaledToZero"]);
const TITLES: Record<string, { yes: string; no: string }> = {
  Available: { yes: "Serves requests", no: "Serves no request" },
  Progressing: { yes: "A change is under way", no: "No change is under way" },
  TargetReachable: { yes: "The target answers", no: "The target does not answer" },
  Public: { yes: "Open to everyone", no: "Asks for a token" },
  BackOff: { yes: "Waits before the next try", no: "Nothing waits for another try" },
  Scheduled: { yes: "Every replica has its node", no: "Waits for a node" },
  Autoscaling: { yes: "Scales by itself", no: "Does not scale" },
  Routed: { yes: "Reached from outside the cluster", no: "Not reached from outside the cluster" },
  Drifted: { yes: "Changed on the cluster by somebody else", no: "On the cluster as applied" },
};

export function lookOf(c: Condition): { state: State; title: string } {
  const words = TITLES[c.type];
  if (c.type === "Progressing" && c.status === "False") return AT_REST.has(c.reason) ? { state: "ready", title: "No change is under way" } : { state: "failed", title: "The last change was given up" };
  const title = words ? (c.status === "True" ? words.yes : c.status === "False" ? words.no : `${words.yes}: unknown`) : c.type;
  // As it was wished for, and nothing is wrong with it.
  if (c.reason === "NotUsed" || c.reason === "NoIngress") return { state: "stopped", title: c.type === "Autoscaling" ? "A fixed number of replicas" : "No way in from outside the cluster" };
  if (c.status === "Unknown") return { state: "warning", title };
  if (c.type === "Progressing") return { state: "progressing", title };
  if (c.type === "Public") return { state: "ready", title };
  if ((c.status === "True") !== BETTER_NOT.has(c.type)) return { state: "ready", title };
  return { state: c.reason === "Stopped" || c.reason === "ScaledToZero" ? "stopped" : "warning", title };
}

/** Reasons whose message only says the title again. */
const PLAIN = new Set(["Placed", "NotUsed", "AsApplied", "Token", "NoToken"]);
/** Whether the message adds to the title. */
const saysMore = (c: Condition) => !PLAIN.has(c.reason) && !(c.type === "TargetReachable" && c.status === "True") && !(c.type === "Progressing" && AT_REST.has(c.reason) && c.reason !== "CanaryHeld");

/** What is true of the deployment now, in words, each with since when. */
export function ConditionList({ conditions, stopped, nowMs }: { conditions: readonly Condition[]; /** By its user. */ stopped: boolean; nowMs: number }) {
  if (conditions.length === 0) return <p className="text-ink-muted">Nothing is known yet: a worker has not taken it up.</p>;
  // A revision that was given up is parked, which its target calls stopped; nobody stopped it.
  const once = conditions.filter((c, i) => conditions.findIndex((o) => o.type === c.type) === i && !(c.type === "BackOff" && c.status === "False")).map((c) => (c.type === "Available" && c.reason === "Stopped" && !stopped ? { ...c, reason: "NoReplica", message: "No replica serves." } : c));
  return (
    <ul className="grid gap-3">
      {once.map((c) => {
        const { state, title } = lookOf(c);
        const { icon: Icon, text, word } = stateLook[state];
        return (
          <li key={c.type} className="grid grid-cols-[1rem_1fr_auto] gap-x-3">
            <Icon aria-hidden className={cx("mt-0.5 size-4", text, state === "progressing" && "animate-spin")} />
            <span className="grid min-w-0"><span className="font-medium">{title}<span className="sr-only"> ({word})</span></span>{saysMore(c) ? <span className="line-clamp-3 text-sm text-ink-muted wrap-anywhere" title={c.message}>{c.message}</span> : null}</span>
            <span className="text-right text-sm whitespace-nowrap text-ink-muted"><RelativeTime time={c.since} nowMs={nowMs} /></span>
          </li>
        );
      })}
    </ul>
  );
}
