import { formatDurationSeconds } from "@/lib/format/duration";

export type MeasuredStart = { seconds: number; /** Whose start it was. */ deployment: string };

/** What scaling to zero saves and what it asks of the first caller. A start that was never measured is not made up. */
export function zeroWords(idleSeconds: number, start: MeasuredStart | null): string {
  const quiet = Number.isFinite(idleSeconds) && idleSeconds > 0 ? formatDurationSeconds(idleSeconds) : "the quiet time";
  const wait = start ? `until one has started: ${formatDurationSeconds(start.seconds)} at the last start of ${start.deployment}` : "until one has started; how long that takes is measured at the first start";
  return `After ${quiet} without a request no replica runs and none is charged. The next request waits ${wait}.`;
}
