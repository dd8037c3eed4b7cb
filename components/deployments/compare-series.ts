import type { Series } from "@/components/charts/series";

/** What a page's measures are held against: the same time before, or another revision in the same time. */
export type Against = { kind: "before" } | { kind: "revision"; revision: number };

/** As an address has it: "before", "r2". */
export const againstIn = (text: string | null): Against | null => (text === "before" ? { kind: "before" } : /^r[1-9]\d{0,8}$/.test(text ?? "") ? { kind: "revision", revision: Number(text!.slice(1)) } : null);
export const againstOut = (a: Against): string => (a.kind === "before" ? "before" : `r${a.revision}`);
export const againstWords = (a: Against): string => (a.kind === "before" ? "before" : `r${a.revision}`);

/**
 * The series of a chart with those it is compared with behind them, moved onto the same axis. Of several only the strongest is compared (p99 of the
 * percentiles): three more lines would hide what differs. A time that the main series lack is left out, so that no line is broken by the other's steps.
 */
export function withGhost(own: readonly Series[], other: readonly Series[], words: string, shiftMs: number): Series[] {
  const main = own.at(-1);
  const from = main && other.find((s) => s.key === main.key);
  if (!main || !from) return [...own];
  const at = new Set(main.points.map(([t]) => t));
  const points = from.points.flatMap(([t, v]): [number, number | null][] => (at.has(t + shiftMs) ? [[t + shiftMs, v]] : []));
  return [{ key: `${main.key}:against`, label: own.length > 1 ? `${main.label} ${words}` : words, points, ghost: true }, ...own];
}
