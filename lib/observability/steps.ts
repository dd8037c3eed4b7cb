import { DURATION_BUCKET_COUNT } from "@/lib/observability/buckets";
import type { ReplicaState } from "@/lib/targets/target";

/** Counts and gauges of one revision of one deployment at one time. */
type Counted = {
  at: number;
  deploymentId: string;
  projectId: string;
  revision: number;
  requests: Record<string, number>;
  errors: Record<string, number>;
  latency: number[];
  latencySum: number;
  queue: number[];
  queueSum: number;
  compute: number[];
  computeSum: number;
  /** CPU seconds used; null: not measured. */
  cpuSeconds: number | null;
  /** null: not measured. */
  rssBytes: number | null;
  queueDepth: number;
  inFlight: number;
};

/** A stored sample of one replica: its counts are cumulative since it started. */
export type SampleRow = Counted & { replica: string; state: ReplicaState };

/** What happened within one step, over all replicas of a revision: counts are increases, gauges are sums over replicas and means over the step's scrapes. */
export type Step = Counted & { replicasReady: number };

/** Stands where a revision does in a roll-up of all of them. */
export const ALL_REVISIONS = -1;

/** Longest silence of a replica that still counts as one interval; a longer one is a gap. */
export const MAX_INTERVAL_MS = 60_000;

/**
 * Increases per step. A replica starts at zero, so its first sample counts whole; a counter that falls means the same. An
 * increase belongs to the step that holds the middle of its interval.
 */
export function stepsOf(samples: SampleRow[], stepMs: number): Step[] {
  const steps = new Map<string, Step & { scrapes: Map<number, Map<string, SampleRow>> }>();
  const previous = new Map<string, SampleRow>();
  for (const s of [...samples].sort((a, b) => a.at - b.at)) {
    const before = previous.get(s.replica);
    previous.set(s.replica, s);
    const middle = before && s.at - before.at <= MAX_INTERVAL_MS ? (s.at + before.at) / 2 : s.at - 1;
    const at = Math.floor(middle / stepMs) * stepMs;
    const key = `${s.deploymentId} ${s.revision} ${at}`;
    let step = steps.get(key);
    if (!step) steps.set(key, (step = { ...emptyStep(at, s), scrapes: new Map() }));
    addIncrease(step, s, before);
    if (s.revision > 0) {
      // One replica may be scraped twice in a second, by a timer that came early or as it stops: it is still one.
      const slot = Math.round(s.at / 1000);
      step.scrapes.set(slot, (step.scrapes.get(slot) ?? new Map<string, SampleRow>()).set(s.replica, s));
    }
  }
  return [...steps.values()].map(({ scrapes, ...step }) => {
    const all = [...scrapes.values()].map((of) => gaugesOf([...of.values()].map((s) => ({ ...s, replicasReady: s.state === "ready" ? 1 : 0 }))));
    return { ...step, ...meansOf(all) };
  });
}

type Gauges = Pick<Step, "queueDepth" | "inFlight" | "replicasReady" | "rssBytes">;

/** Of all that was seen at one moment. */
const gaugesOf = (group: Gauges[]): Gauges => ({
  queueDepth: sum(group, (g) => g.queueDepth), inFlight: sum(group, (g) => g.inFlight), replicasReady: sum(group, (g) => g.replicasReady),
  rssBytes: group.some((g) => g.rssBytes !== null) ? sum(group, (g) => g.rssBytes ?? 0) : null,
});

/** Of several moments: means, and the highest memory. */
function meansOf(all: Gauges[]): Gauges {
  const mean = (pick: (g: Gauges) => number) => (all.length === 0 ? 0 : sum(all, pick) / all.length);
  const rss = all.map((g) => g.rssBytes).filter((bytes) => bytes !== null);
  return { queueDepth: mean((g) => g.queueDepth), inFlight: mean((g) => g.inFlight), replicasReady: mean((g) => g.replicasReady), rssBytes: rss.length > 0 ? Math.max(...rss) : null };
}

function emptyStep(at: number, s: { deploymentId: string; projectId: string; revision: number }): Step {
  const zeros = () => new Array<number>(DURATION_BUCKET_COUNT).fill(0);
  return {
    at, deploymentId: s.deploymentId, projectId: s.projectId, revision: s.revision, requests: {}, errors: {}, latency: zeros(), latencySum: 0, queue: zeros(), queueSum: 0,
    compute: zeros(), computeSum: 0, cpuSeconds: null, rssBytes: null, queueDepth: 0, inFlight: 0, replicasReady: 0,
  };
}

function addIncrease(step: Step, now: SampleRow, before: SampleRow | undefined): void {
  const reset = before !== undefined && total(now.requests) < total(before.requests);
  const base = reset ? undefined : before;
  addCounts(step.requests, now.requests, base?.requests);
  addCounts(step.errors, now.errors, base?.errors);
  for (const name of ["latency", "queue", "compute"] as const) {
    for (let i = 0; i < step[name].length; i++) step[name][i]! += Math.max(0, (now[name][i] ?? 0) - (base?.[name][i] ?? 0));
    const sum = `${name}Sum` as const;
    step[sum] += Math.max(0, now[sum] - (base?.[sum] ?? 0));
  }
  if (now.cpuSeconds !== null) step.cpuSeconds = (step.cpuSeconds ?? 0) + Math.max(0, now.cpuSeconds - (base?.cpuSeconds ?? 0));
}

function addCounts(into: Record<string, number>, now: Record<string, number>, before: Record<string, number> | undefined): void {
  for (const [key, value] of Object.entries(now)) {
    const increase = value - (before?.[key] ?? 0);
    if (increase > 0) into[key] = (into[key] ?? 0) + increase;
  }
}

function addStep(into: Step, s: Step): void {
  for (const key in s.requests) into.requests[key] = (into.requests[key] ?? 0) + s.requests[key]!;
  for (const key in s.errors) into.errors[key] = (into.errors[key] ?? 0) + s.errors[key]!;
  for (let i = 0; i < DURATION_BUCKET_COUNT; i++) {
    into.latency[i]! += s.latency[i] ?? 0;
    into.queue[i]! += s.queue[i] ?? 0;
    into.compute[i]! += s.compute[i] ?? 0;
  }
  into.latencySum += s.latencySum;
  into.queueSum += s.queueSum;
  into.computeSum += s.computeSum;
  if (s.cpuSeconds !== null) into.cpuSeconds = (into.cpuSeconds ?? 0) + s.cpuSeconds;
}

const total = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);

/** Adds steps of the same time together, whatever their revision or deployment, and coarser where `stepMs` is larger than theirs. */
export function mergeSteps(steps: Step[], stepMs: number, keyOf: (s: Step) => string = () => ""): Step[] {
  const merged = new Map<string, { step: Step; slots: Map<number, Step[]> }>();
  for (const s of steps) {
    const at = Math.floor(s.at / stepMs) * stepMs;
    const key = `${keyOf(s)} ${at}`;
    let m = merged.get(key);
    if (!m) merged.set(key, (m = { step: { ...emptyStep(at, s), revision: s.revision }, slots: new Map() }));
    addStep(m.step, s);
    const slot = m.slots.get(s.at);
    if (slot) slot.push(s);
    else m.slots.set(s.at, [s]);
  }
  return [...merged.values()].map(({ step, slots }) => ({ ...step, ...meansOf([...slots.values()].map(gaugesOf)) })).sort((a, b) => a.at - b.at);
}

const sum = <T>(all: T[], pick: (x: T) => number) => all.reduce((acc, x) => acc + pick(x), 0);
