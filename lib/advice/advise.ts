import type { AdviceItem, Observed } from "@/lib/advice/schema";
import { multiplyUsd } from "@/lib/costs/money";
import { HOURS_PER_MONTH, type Profile } from "@/lib/profiles/schema";

export type AdviceInput = {
  observed: Observed;
  now: Date;
  scaling: { min: number; max: number; idleSecondsBeforeZero: number };
  profile: Profile;
  /** Price that is paid now; null: not on file. */
  usdPerHour: number | null;
  /** Seconds a replica took to start, as measured; null: not known. */
  startSeconds: number | null;
  /** Profiles of the same target that the model fits. */
  candidates: readonly Profile[];
  /** Days since the last change of what runs. */
  settledDays: number;
};

/** Less than this and a quiet weekend, or a first try, would be taken for the rule. */
export const MIN_DAYS = 3;
export const MIN_PREDICTIONS = 100;
const IDLE_DAYS = 7;
/** What is kept free above the busiest quarter of an hour. */
const CPU_ROOM = 1.3;
const MEMORY_ROOM = 1.25;
const BUSY_SHARE = 0.7;
/** Of the time quiet, from which on sleeping is worth the starts. */
const QUIET_SHARE = 0.3;
const WORTH_SHARE = 0.05;

/** What is missing before anything is advised; empty: nothing. */
export function missingFor({ observed: o, usdPerHour }: Pick<AdviceInput, "observed" | "usdPerHour">): string[] {
  const days = Math.round((MIN_DAYS - o.days) * 10) / 10;
  return [
    ...(usdPerHour === null ? ["a price of its profile: without one no saving can be told"] : []),
    ...(o.days < MIN_DAYS ? [`${days <= 1 ? "up to a day" : `${days} days`} more of measures: ${o.days < 0.1 ? "almost none are" : `${o.days.toFixed(1)} days are`} there, ${MIN_DAYS} are needed`] : []),
  ];
}

/** Advice by measured use, dearest first. Each names what it changes, what it saves, what p95 to expect and how sure that is. Pure. */
export function advise(input: AdviceInput): { items: AdviceItem[]; withheld: string[] } {
  const { observed: o, usdPerHour, scaling, now } = input;
  const missing = missingFor(input);
  if (missing.length > 0 || usdPerHour === null) return { items: [], withheld: missing };
  const items: AdviceItem[] = [];
  const spent = multiplyUsd(o.usdPerHour ?? usdPerHour * (o.replicas ?? scaling.min), HOURS_PER_MONTH);
  const quietDays = (now.getTime() - Date.parse(o.lastRequestAt ?? o.from)) / 86_400_000;
  if (quietDays >= IDLE_DAYS && input.settledDays >= IDLE_DAYS) {
    const none = o.lastRequestAt === null;
    return {
      items: [{
        kind: "idle", title: "Stop it: nobody asks it anything", change: { desiredState: "stopped" }, monthlySavingUsd: spent,
        why: none ? `No request in the ${Math.floor(o.days)} days that were measured.` : `The last request came ${Math.floor(quietDays)} days ago.`,
        expectedP95: { seconds: null, text: "None: it answers nothing while it is stopped. Starting it again is one click." }, ...sure(o.days >= 13 ? "high" : "medium", o),
      }], withheld: [],
    };
  }
  if (o.predictions < MIN_PREDICTIONS) return { items: [], withheld: [`${MIN_PREDICTIONS - o.predictions} more predictions: ${o.predictions} were answered, ${MIN_PREDICTIONS} are needed`] };
  for (const make of [fewerReplicas, sleeping, smallerProfile]) {
    const item = make(input, usdPerHour);
    if (item && item.monthlySavingUsd > spent * WORTH_SHARE) items.push(item);
  }
  return { items: items.sort((a, b) => b.monthlySavingUsd - a.monthlySavingUsd), withheld: o.peakCpuCores === null || o.peakMemoryMib === null ? ["processor and memory of its replicas: without them no profile is advised"] : [] };
}

function fewerReplicas({ observed: o, scaling }: AdviceInput, usdPerHour: number): AdviceItem | null {
  if (o.peakBusy === null || scaling.min < 2) return null;
  const needed = Math.max(1, Math.ceil(o.peakBusy / BUSY_SHARE - 1e-9));
  if (needed >= scaling.min) return null;
  return {
    kind: "replicas", title: `Keep ${needed} ${needed === 1 ? "replica" : "replicas"} at least, not ${scaling.min}`, change: { scaling: { min: needed, max: scaling.max } }, monthlySavingUsd: multiplyUsd(usdPerHour, (scaling.min - needed) * HOURS_PER_MONTH),
    why: `In the busiest quarter of an hour ${figure(o.peakBusy)} replicas computed at once; ${needed} ${needed === 1 ? "is" : "are"} busy ${percent(o.peakBusy / needed)} of it. One that is lost is missed more: the most stays ${scaling.max}.`,
    expectedP95: asNow(o, `As now, since replicas stay under ${percent(BUSY_SHARE)} busy. Shorter bursts than a quarter of an hour may wait.`), ...sure(grade(o, o.peakBusy / needed / BUSY_SHARE), o),
  };
}

function sleeping({ observed: o, scaling, startSeconds }: AdviceInput, usdPerHour: number): AdviceItem | null {
  if (scaling.min < 1 || o.quietShare === null || o.quietShare < QUIET_SHARE) return null;
  const lag = scaling.idleSecondsBeforeZero > 900 ? 0.5 : 1;
  return {
    kind: "sleep", title: "Let it sleep while nobody asks", change: { scaling: { min: 0, max: scaling.max } }, monthlySavingUsd: multiplyUsd(usdPerHour, scaling.min * o.quietShare * lag * HOURS_PER_MONTH),
    why: `${percent(o.quietShare)} of the time had no request for more than a quarter of an hour.`,
    expectedP95: asNow(o, `As now while it is awake. The first request after a quiet time waits for a start${startSeconds === null ? ", which was not measured" : `: ${figure(startSeconds)} s`}.`), ...sure(grade(o, 0.8), o),
  };
}

function smallerProfile({ observed: o, profile, candidates }: AdviceInput, usdPerHour: number): AdviceItem | null {
  if (o.peakCpuCores === null || o.peakMemoryMib === null) return null;
  const [cpu, memory] = [o.peakCpuCores * CPU_ROOM, o.peakMemoryMib * MEMORY_ROOM];
  const same = (p: Profile) => p.accelerator?.name === profile.accelerator?.name && p.accelerator?.count === profile.accelerator?.count && p.capacityType === profile.capacityType && p.architecture === profile.architecture;
  const fits = candidates.filter((p) => p.slug !== profile.slug && same(p) && p.price !== null && p.price.value < usdPerHour && p.cpuMillicores / 1000 >= cpu && p.memoryMib >= memory);
  const best = fits.reduce<Profile | null>((a, b) => (a === null || b.price!.value < a.price!.value ? b : a), null);
  if (!best) return null;
  const cores = best.cpuMillicores / 1000;
  return {
    kind: "profile", title: `Move it to ${best.slug}`, change: { profile: best.slug }, monthlySavingUsd: multiplyUsd(usdPerHour - best.price!.value, (o.replicas ?? 1) * HOURS_PER_MONTH),
    why: `A replica used at most ${figure(o.peakCpuCores)} of ${figure(o.cpuCores)} ${o.cpuCores === 1 ? "core" : "cores"} and ${Math.round(o.peakMemoryMib)} of ${Math.round(o.memoryMib)} MiB; ${best.slug} has ${figure(cores)} and ${best.memoryMib}.`,
    expectedP95: asNow(o, `As now: the busiest quarter of an hour takes ${percent(o.peakCpuCores / cores)} of its cores. A single request that uses more cores than it has takes longer.`), ...sure(grade(o, Math.max(cpu / cores, memory / best.memoryMib)), o),
  };
}

const asNow = (o: Observed, text: string) => ({ seconds: o.p95Seconds, text });
/** The more days, and the more room is left of what was kept free, the surer. */
const grade = (o: Observed, fullness: number): AdviceItem["confidence"] => (o.days >= 13 && fullness <= 0.8 ? "high" : o.days >= 7 ? "medium" : "low");
const sure = (confidence: AdviceItem["confidence"], o: Observed) => ({ confidence, confidenceText: `${o.days.toFixed(o.days < 10 ? 1 : 0)} days of measures, ${o.predictions.toLocaleString("en-US")} predictions` });
const percent = (share: number) => `${share > 0 && share < 0.01 ? "under 1" : Math.round(share * 100)}%`;
const figure = (n: number) => String(Number(n.toPrecision(2)));
