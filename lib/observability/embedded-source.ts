import { pool } from "@/lib/db/pool";
import type { Gap } from "@/lib/observability/measures";
import { rangeOf, type Metrics, type MetricsQuery, type Range, type RevisionSource } from "@/lib/observability/metrics-source";
import { readRevisions, readRollups, readSamples } from "@/lib/observability/read-samples";
import { seriesOf, totalsOf } from "@/lib/observability/series";
import { MAX_INTERVAL_MS, stepsOf, type Step } from "@/lib/observability/steps";
import { RETENTION } from "@/lib/retention";

/** At the end of a time that is read from roll-ups, what is not rolled up yet is read from samples: at most so much. */
const RAW_SECONDS = 3600;
/** The finest step that roll-ups know. */
const MINUTE_SECONDS = 60;
/** A rule compares totals and means of its window: minutes tell those as well, for less. */
const RULE_SECONDS = 900;
const FIVE_MINUTES_MS = 300_000;
const rollupOf = (from: Date, to: Date): 60 | 900 => (to.getTime() - from.getTime() > 2 * 86_400_000 ? 900 : 60);
/** Steps of a deployment between two times: finer than a minute from samples; else from roll-ups, and from samples what is not rolled up yet. */
export async function readSteps(deploymentId: string, from: Date, to: Date, stepMs: number): Promise<{ steps: Step[]; newest: number | null }> {
  if (stepMs < MINUTE_SECONDS * 1000) {
    const samples = await readSamples(pool(), new Date(from.getTime() - MAX_INTERVAL_MS), to, deploymentId);
    const steps = stepsOf(samples, stepMs).filter((s) => s.at >= from.getTime());
    return { steps, newest: samples.length > 0 ? Math.max(...samples.map((s) => s.at)) : null };
  }
  const coarse = rollupOf(from, to);
  const rolled = await readRollups(pool(), coarse, from, to, { deploymentId });
  const rolledUntil = rolled.length > 0 ? Math.max(...rolled.map((s) => s.at)) + coarse * 1000 : Math.max(from.getTime(), to.getTime() - RAW_SECONDS * 1000);
  const recent = await readSamples(pool(), new Date(Math.max(rolledUntil, to.getTime() - RAW_SECONDS * 1000) - MAX_INTERVAL_MS), to, deploymentId);
  const steps = [...rolled, ...stepsOf(recent, 60_000).filter((s) => s.at >= rolledUntil)];
  const newest = recent.length > 0 ? Math.max(...recent.map((s) => s.at)) : rolled.length > 0 ? rolledUntil : null;
  return { steps, newest };
}

/** The same of all revisions together, for steps of `stepMs` that `from` lies on: a day is read in roll-ups of five minutes, and in minutes what is not rolled up so far. */
async function readTogether(deploymentId: string, from: Date, to: Date, stepMs: number): Promise<{ steps: Step[]; newest: number | null; revisions: number[] }> {
  const fives = stepMs % FIVE_MINUTES_MS === 0 && rollupOf(from, to) === 60 ? await readRollups(pool(), 300, from, to, { deploymentId }) : [];
  if (fives.length === 0) {
    const read = await readSteps(deploymentId, from, to, stepMs);
    return { ...read, revisions: read.steps.map((s) => s.revision) };
  }
  const [first, until] = [new Date(Math.min(...fives.map((s) => s.at))), new Date(Math.max(...fives.map((s) => s.at)) + FIVE_MINUTES_MS)];
  const [before, after, revisions] = await Promise.all([first > from ? readRollups(pool(), 60, from, first, { deploymentId }) : [], readSteps(deploymentId, until, to, MINUTE_SECONDS * 1000), readRevisions(pool(), from, until, deploymentId)]);
  return { steps: [...before, ...fives, ...after.steps], newest: after.newest ?? until.getTime(), revisions: [...revisions, ...after.steps.map((s) => s.revision)] };
}

async function readOne(deploymentId: string, revision: number, from: Date, to: Date, stepMs: number): ReturnType<typeof readTogether> {
  const { steps, newest } = await readSteps(deploymentId, from, to, stepMs);
  return { steps: steps.filter((s) => s.revision === revision), newest, revisions: steps.map((s) => s.revision) };
}

/** Measures from Slipway's own samples: what the gateway scraped from its replicas. */
export const embeddedSource: RevisionSource = {
  name: "embedded",
  async query({ deploymentId, revision, now, only, ...asked }: MetricsQuery): Promise<Metrics> {
    const range = keptRange(asked, now);
    const [from, to] = [range.fromSeconds * 1000, range.toSeconds * 1000];
    const readIn = only && range.toSeconds - range.fromSeconds > RULE_SECONDS ? Math.max(MINUTE_SECONDS, range.stepSeconds) : range.stepSeconds;
    const until = asked.between ? new Date(to + MAX_INTERVAL_MS) : now;
    const read = revision === undefined ? await readTogether(deploymentId, new Date(from), until, readIn * 1000) : await readOne(deploymentId, revision, new Date(from), until, readIn * 1000);
    const revisions = [...new Set(read.revisions.filter((n) => n > 0))].sort((a, b) => a - b);
    return { ...seriesOf(read.steps.filter((s) => s.at < to), range), revisions, source: "embedded", asOf: read.newest === null ? null : read.newest / 1000, gaps: GAPS, nodes: null };
  },
  async figures({ deploymentId, revision, from, to }) {
    // A long stretch is read as a page reads it: its beginning in minutes.
    const steps = to.getTime() - from.getTime() > RAW_SECONDS * 1000 ? (await readSteps(deploymentId, from, to, 60_000)).steps
      : stepsOf(await readSamples(pool(), new Date(from.getTime() - MAX_INTERVAL_MS), to, deploymentId), 1000);
    const { requests, errors, p99 } = totalsOf(steps.filter((s) => s.revision === revision && s.at >= from.getTime()));
    return { requests, errors, p99Seconds: p99, missing: p99 === null ? { p99Seconds: "No answered request was measured yet." } : {} };
  },
};

/** The steps a question is answered in: no finer than what is kept of that time. Roll-ups outlive the samples that they were made of. */
function keptRange(asked: Pick<MetricsQuery, "window" | "between">, now: Date): Range {
  const range = rangeOf({ ...asked, now });
  const gone = range.fromSeconds * 1000 < now.getTime() - RETENTION.sampleDays * 86_400_000;
  return gone && asked.between && range.stepSeconds < MINUTE_SECONDS ? rangeOf({ ...asked, between: { ...asked.between, stepSeconds: MINUTE_SECONDS }, now }) : range;
}

const GAPS: Gap[] = [
  ...(["tokensPerSecond", "ttftP50", "ttftP95"] as const).map((measure) => ({ measure, kind: "absent" as const, reason: "The Slipway model server answers with tensors and counts no tokens." })),
  ...(["gpu", "gpuMemory"] as const).map((measure) => ({ measure, kind: "absent" as const, reason: "Replicas on this machine use no GPU." })),
  { measure: "throttled", kind: "absent", reason: "Replicas on this machine have no processor limit that could hold them back." },
  { measure: "restarts", kind: "absent", reason: "Restarts on this machine are among the events." },
];
