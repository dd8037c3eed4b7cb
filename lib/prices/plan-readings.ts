import { type ReadingKind, WORLD } from "@/lib/prices/reading";

export type WantedReading = { kind: ReadingKind; region: string };
export type KnownReading = { kind: string; region: string; triedAt: Date; problem: string | null };

const HOUR_MS = 3_600_000;
/** How long a good answer stands before AWS is asked again. List prices change a few times a year, spot prices several times a day. */
export const AGAIN_AFTER_MS: Record<ReadingKind, number> = { "on-demand": 24 * HOUR_MS, spot: 6 * HOUR_MS, "spot-advisor": 24 * HOUR_MS, "accelerator-memory": 30 * 24 * HOUR_MS };
/** After a failure sooner, but not at once: whoever has to mend a policy needs longer than a minute. */
export const AGAIN_AFTER_FAILURE_MS = HOUR_MS;

/** Everything there is to read for these regions. */
export const readingsOf = (regions: readonly string[]): WantedReading[] => [
  ...[...new Set(regions)].sort().flatMap((region): WantedReading[] => [{ kind: "on-demand", region }, { kind: "spot", region }]),
  { kind: "spot-advisor", region: WORLD }, { kind: "accelerator-memory", region: WORLD },
];

/** Pure: those of `wanted` that are due, in their order. */
export function dueReadings(wanted: readonly WantedReading[], known: readonly KnownReading[], now: Date): WantedReading[] {
  return wanted.filter((w) => {
    const last = known.find((k) => k.kind === w.kind && k.region === w.region);
    return !last || now.getTime() - last.triedAt.getTime() >= (last.problem === null ? AGAIN_AFTER_MS[w.kind] : AGAIN_AFTER_FAILURE_MS);
  });
}
