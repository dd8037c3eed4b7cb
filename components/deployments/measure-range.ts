export type Span = { from: number; to: number };
/** Nothing shorter is asked for: the finest step is ten seconds. */
const LEAST = 60;
const MOST = 31 * 86_400;

/** The part of the past that an address asks for, in Unix seconds; null: the window up to now. What makes no sense counts as none. */
export function spanOf(from: number | null, to: number | null): Span | null {
  if (from === null || to === null || !Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || to > 1e11 || to - from < LEAST || to - from > MOST) return null;
  return { from, to };
}

/** What was dragged over, widened to what can be asked for. */
export function spanOfDrag(fromMs: number, toMs: number, stepSeconds: number): Span {
  // The last step that was dragged over is wholly in it.
  const [from, to] = [Math.floor(fromMs / 1000), Math.ceil(toMs / 1000) + stepSeconds];
  const more = Math.max(0, Math.ceil((LEAST - (to - from)) / 2));
  return { from: Math.max(0, from - more), to: to + more };
}

/** Half or twice as long around the same middle, or as long and half of itself aside. Never beyond now: null means the window up to now. */
export function moved(shown: Span, by: "in" | "out" | "earlier" | "later", now: number): Span | null {
  const length = shown.to - shown.from;
  const middle = (shown.from + shown.to) / 2;
  const wanted = Math.min(MOST, Math.max(LEAST, by === "in" ? length / 2 : by === "out" ? length * 2 : length));
  const aside = by === "earlier" ? -length / 2 : by === "later" ? length / 2 : 0;
  const to = Math.min(now, Math.round(middle + aside + wanted / 2));
  return spanOf(Math.max(0, Math.round(to - wanted)), to);
}
