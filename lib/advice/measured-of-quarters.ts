import type { Measured } from "@/lib/advice/observe";
import type { QuarterMeasure } from "@/lib/advice/plan-quarters";
import type { Profile } from "@/lib/profiles/schema";

/** [Unix seconds of a quarter's end, value]; undefined: there is no such series. */
export type QuarterSeries = Partial<Record<QuarterMeasure, readonly (readonly [number, number | null])[]>>;
export type QuarterInput = {
  deploymentId: string; series: QuarterSeries; p95Seconds: number | null; profile: Profile;
  /** A server that takes many requests into one computation: those in work say nothing of how busy it is. */
  batches: boolean;
  /** Why a measure is not there, by measure. */
  why: Partial<Record<QuarterMeasure, string>>;
};

const QUARTER_MS = 900_000;

/** Use of one deployment from a cluster's own series. Pure; null: nothing of it was measured. */
export function measuredOfQuarters({ deploymentId, series, p95Seconds, profile, batches, why }: QuarterInput): Measured | null {
  const at = Object.fromEntries(Object.entries(series).map(([m, points]) => [m, new Map(points.filter(([, v]) => v !== null) as [number, number][])])) as Partial<Record<QuarterMeasure, Map<number, number>>>;
  const times = [...new Set(Object.values(at).flatMap((m) => [...m.keys()]))].sort((a, b) => a - b);
  if (times.length === 0) return null;
  const peak = (m: QuarterMeasure) => (at[m]?.size ? Math.max(...at[m].values()) : null);
  // A server that was scraped but answered nothing has a rate of 0; where no rate is there at all the requests are unknown.
  const handled = at.requests?.size ? times.map((t) => (at.requests!.get(t) ?? 0) * 900) : null;
  const last = handled?.findLastIndex((n) => n > 0) ?? -1;
  const quiet = handled?.map((n, i) => i > 0 && n === 0 && handled[i - 1] === 0) ?? null;
  const gpus = profile.accelerator?.kind === "gpu" ? profile.accelerator.count : 0;
  return {
    deploymentId, quarters: times.length, firstAt: new Date(times[0]! * 1000 - QUARTER_MS), lastAt: new Date(times.at(-1)! * 1000 - QUARTER_MS),
    handled: handled?.reduce((s, n) => s + n, 0) ?? null, lastRequestAt: last < 0 ? null : new Date(times[last]! * 1000 - QUARTER_MS),
    quietShare: quiet ? quiet.filter(Boolean).length / times.length : null, quietByHour: quiet ? byHour(times.map((t) => new Date(t * 1000 - QUARTER_MS).getUTCHours()), quiet) : null,
    peakCpuCores: peak("cpuPeak"), peakMemoryMib: inMib(peak("memoryPeak")), ...busyOf(at, times, profile.cpuMillicores / 1000, gpus, batches), p95Seconds,
    gpu: gpus === 0 ? null : { peakBusy: peak("gpuPeak"), peakMemoryMib: peak("gpuMemoryPeak") }, lacks: lacksOf(at, gpus, why),
  };
}

/** Replicas that were at work at once, in the busiest quarter: by requests in work, by cores and by GPUs, whichever says most. One that is unknown makes the sum unknown. */
function busyOf(at: Partial<Record<QuarterMeasure, Map<number, number>>>, times: number[], cores: number, gpus: number, batches: boolean): Pick<Measured, "peakBusy" | "busyBy"> {
  if (!at.cpuTotal?.size || (!batches && (!at.requests?.size || !at.latency?.size)) || (gpus > 0 && !at.gpuTotal?.size)) return { peakBusy: null, busyBy: null };
  const all = times.flatMap((t) => [
    // Little's law: a rate times the mean stay is what is there at once.
    ...(batches ? [] : [{ by: "requests" as const, n: (at.requests!.get(t) ?? 0) * (at.latency!.get(t) ?? 0) }]),
    { by: "cores" as const, n: (at.cpuTotal!.get(t) ?? 0) / cores }, ...(gpus > 0 ? [{ by: "gpu" as const, n: (at.gpuTotal!.get(t) ?? 0) / gpus }] : []),
  ]);
  const most = all.reduce((a, b) => (b.n > a.n ? b : a));
  return { peakBusy: most.n, busyBy: most.by };
}

function lacksOf(at: Partial<Record<QuarterMeasure, Map<number, number>>>, gpus: number, why: QuarterInput["why"]): string[] {
  const lack = (m: QuarterMeasure, words: string, without: string) => (at[m]?.size ? [] : [`${words}: ${why[m] ?? without}`]);
  return [
    ...lack("requests", "its requests", "none of its server's metrics were scraped from its pods."),
    ...lack("cpuPeak", "processor and memory of its pods", "there are no series of cAdvisor."),
    ...(gpus > 0 ? lack("gpuPeak", "use of its GPUs", "there are no series of NVIDIA's DCGM exporter for its pods.") : []),
  ];
}

/** Share of each hour of the day (UTC) that was quiet; null: it was not measured. */
export function byHour(hours: readonly number[], quiet: readonly boolean[]): (number | null)[] {
  return Array.from({ length: 24 }, (_, h) => {
    const of = quiet.filter((_q, i) => hours[i] === h);
    return of.length === 0 ? null : of.filter(Boolean).length / of.length;
  });
}

const inMib = (bytes: number | null) => (bytes === null ? null : bytes / 1024 ** 2);
