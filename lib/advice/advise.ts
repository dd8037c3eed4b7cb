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
  /** What could not be read of its use, and why. */
  lacks?: readonly string[];
  /** Why it cannot scale to zero where it runs; null: it can. */
  whyNoSleep?: string | null;
  /** Its server spreads one model over all GPUs of a replica and takes their memory in advance, as vLLM does: fewer GPUs are not like for like. */
  spreads?: boolean;
};

/** Less than this and a quiet weekend, or a first try, would be taken for the rule. */
export const MIN_DAYS = 3;
export const MIN_PREDICTIONS = 100;
const IDLE_DAYS = 7;
/** What is kept free above the busiest quarter of an hour. */
const CPU_ROOM = 1.3;
const MEMORY_ROOM = 1.25;
const BUSY_SHARE = 0.7;
/** Of one GPU: less is a driver that looks after it, not a model. */
const GPU_UNUSED = 0.01;
/** An hour of the day that was quiet in this share of its quarters is called quiet. */
const QUIET_HOUR = 0.7;
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
  const lacks = input.lacks ?? [];
  const missing = missingFor(input);
  if (missing.length > 0 || usdPerHour === null) return { items: [], withheld: missing };
  // Without its requests neither what is idle nor what it was used for is known.
  if (o.predictions === null) return { items: [], withheld: lacks.length > 0 ? [...lacks] : ["its requests: its server does not count them."] };
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
  const sleepless = input.whyNoSleep && scaling.min > 0 && (o.quietShare ?? 0) >= QUIET_SHARE ? [`a way to sleep, although ${percent(o.quietShare!)} of the time had no request: ${input.whyNoSleep}`] : [];
  return { items: items.sort((a, b) => b.monthlySavingUsd - a.monthlySavingUsd), withheld: [...lacks, ...sleepless] };
}

function fewerReplicas({ observed: o, scaling }: AdviceInput, usdPerHour: number): AdviceItem | null {
  if (o.peakBusy === null || scaling.min < 2) return null;
  const needed = Math.max(1, Math.ceil(o.peakBusy / BUSY_SHARE - 1e-9));
  if (needed >= scaling.min) return null;
  return {
    kind: "replicas", title: `Keep ${needed} ${needed === 1 ? "replica" : "replicas"} at least, not ${scaling.min}`, change: { scaling: { min: needed, max: scaling.max } }, monthlySavingUsd: multiplyUsd(usdPerHour, (scaling.min - needed) * HOURS_PER_MONTH),
    why: `In the busiest quarter of an hour ${BUSY_WORDS[o.busyBy ?? "computing"](figure(o.peakBusy))}; ${needed} ${needed === 1 ? "is" : "are"} busy ${percent(o.peakBusy / needed)} of it. One that is lost is missed more: the most stays ${scaling.max}.`,
    expectedP95: asNow(o, `As now, since replicas stay under ${percent(BUSY_SHARE)} busy. Shorter bursts than a quarter of an hour may wait.`), ...sure(grade(o, o.peakBusy / needed / BUSY_SHARE), o),
  };
}

function sleeping({ observed: o, scaling, startSeconds, whyNoSleep }: AdviceInput, usdPerHour: number): AdviceItem | null {
  if (whyNoSleep || scaling.min < 1 || o.quietShare === null || o.quietShare < QUIET_SHARE) return null;
  const lag = scaling.idleSecondsBeforeZero > 900 ? 0.5 : 1;
  return {
    kind: "sleep", title: "Let it sleep while nobody asks", change: { scaling: { min: 0, max: scaling.max } }, monthlySavingUsd: multiplyUsd(usdPerHour, scaling.min * o.quietShare * lag * HOURS_PER_MONTH),
    why: `${percent(o.quietShare)} of the time had no request for more than a quarter of an hour${quietHours(o.quietByHour)}.`,
    expectedP95: asNow(o, `As now while it is awake. The first request after a quiet time waits for a start${startSeconds === null ? ", which was not measured" : `: ${figure(startSeconds)} s`}.`), ...sure(grade(o, 0.8), o),
  };
}

function smallerProfile({ observed: o, profile, candidates, spreads = false }: AdviceInput, usdPerHour: number): AdviceItem | null {
  if (o.peakCpuCores === null || o.peakMemoryMib === null) return null;
  const [cpu, memory] = [o.peakCpuCores * CPU_ROOM, o.peakMemoryMib * MEMORY_ROOM];
  const like = (p: Profile) => p.capacityType === profile.capacityType && p.architecture === profile.architecture && gpusDo(p.accelerator, profile.accelerator, o, spreads);
  const fits = candidates.filter((p) => p.slug !== profile.slug && like(p) && p.price !== null && p.price.value < usdPerHour && p.cpuMillicores / 1000 >= cpu && p.memoryMib >= memory);
  const best = fits.reduce<Profile | null>((a, b) => (a === null || b.price!.value < a.price!.value ? b : a), null);
  if (!best) return null;
  const cores = best.cpuMillicores / 1000;
  return {
    kind: "profile", title: `Move it to ${best.slug}`, change: { profile: best.slug }, monthlySavingUsd: multiplyUsd(usdPerHour - best.price!.value, (o.replicas ?? 1) * HOURS_PER_MONTH),
    why: `A replica used at most ${figure(o.peakCpuCores)} of ${figure(o.cpuCores)} ${o.cpuCores === 1 ? "core" : "cores"} and ${Math.round(o.peakMemoryMib)} of ${Math.round(o.memoryMib)} MiB; ${best.slug} has ${figure(cores)} and ${best.memoryMib}.${gpuWords(o, best)}`,
    expectedP95: asNow(o, `As now: the busiest quarter of an hour takes ${percent(o.peakCpuCores / cores)} of its cores. A single request that uses more cores than it has takes longer.`), ...sure(grade(o, Math.max(cpu / cores, memory / best.memoryMib)), o),
  };
}

/**
 * Whether a profile's accelerators do what was done with the present ones: as many of the same kind; fewer of it, where what was at work fits in 70 % of them and
 * the fullest leaves room; none, where none was at work at all. Another kind never: how fast this model is on it was not measured.
 */
function gpusDo(p: Profile["accelerator"], now: Profile["accelerator"], { gpu }: Observed, spreads: boolean): boolean {
  if (p?.name === now?.name && p?.count === now?.count) return true;
  if (!now || spreads || !gpu || gpu.peakBusy === null) return false;
  if (p === null) return gpu.peakBusy < GPU_UNUSED;
  if (p.name !== now.name || p.count >= now.count) return false;
  return gpu.peakBusy <= BUSY_SHARE * p.count && gpu.peakMemoryMib !== null && p.memoryMibEach !== null && gpu.peakMemoryMib * MEMORY_ROOM <= p.memoryMibEach;
}

function gpuWords({ gpu }: Observed, best: Profile): string {
  if (!gpu || gpu.peakBusy === null || gpu.count === (best.accelerator?.count ?? 0)) return "";
  return best.accelerator ? ` At most ${figure(gpu.peakBusy)} of its ${gpu.count} GPUs were at work.` : " Its GPU was never at work.";
}

const BUSY_WORDS: Record<NonNullable<Observed["busyBy"]>, (n: string) => string> = {
  computing: (n) => `${n} replicas computed at once`, requests: (n) => `${n} requests were in work at once, one a replica`, cores: (n) => `the cores of ${n} replicas were in use`, gpu: (n) => `the GPUs of ${n} replicas were at work`,
};

/** The hours of the day that are mostly quiet, as spans; "" where it is now here, now there. */
export function quietHours(byHour: Observed["quietByHour"]): string {
  const quiet = byHour?.map((share) => share !== null && share >= QUIET_HOUR) ?? [];
  if (quiet.every(Boolean) || !quiet.some(Boolean)) return "";
  const starts = quiet.flatMap((q, h) => (q && !quiet.at(h - 1) ? [h] : []));
  const clock = (h: number) => `${String(h % 24).padStart(2, "0")}:00`;
  const spans = starts.map((from) => {
    let to = from;
    while (quiet[to % 24]) to++;
    return `${clock(from)} to ${clock(to)}`;
  });
  return spans.length > 3 ? "" : `, mostly from ${spans.join(" and ")} UTC`;
}

const asNow = (o: Observed, text: string) => ({ seconds: o.p95Seconds, text });
/** The more days, and the more room is left of what was kept free, the surer. */
const grade = (o: Observed, fullness: number): AdviceItem["confidence"] => (o.days >= 13 && fullness <= 0.8 ? "high" : o.days >= 7 ? "medium" : "low");
const sure = (confidence: AdviceItem["confidence"], o: Observed) => ({ confidence, confidenceText: `${o.days.toFixed(o.days < 10 ? 1 : 0)} days of measures, ${o.predictions!.toLocaleString("en-US")} predictions` });
const percent = (share: number) => `${share > 0 && share < 0.01 ? "under 1" : Math.round(share * 100)}%`;
const figure = (n: number) => String(Number(n.toPrecision(2)));
