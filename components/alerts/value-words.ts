import type { ActiveAlertDto } from "@/lib/alerts/schema";
import { formatDurationMs } from "@/lib/format/duration";

/** A value of an alert with its unit: "320 ms", "2.4 %", "5 waiting a replica". */
export function valueWords(value: number, unit: string): string {
  if (unit === "ms") return formatDurationMs(value);
  return `${Number(value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)).toLocaleString("en-US")} ${unit}`;
}

/** "limit 200 ms", or nothing where nothing is compared. */
export const limitWords = (a: Pick<ActiveAlertDto, "threshold" | "unit">): string | null => (a.threshold === null ? null : `limit ${valueWords(a.threshold, a.unit)}`);
