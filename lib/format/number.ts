import { isKnown, UNKNOWN } from "./unknown";

/** A share between 0 and 1 as percent: 0% · 0.3% · 12% · 99.95%; what is not nothing is not shown as 0%, what is not all not as 100%. */
export function formatPercent(share: number | null | undefined, unknown = UNKNOWN): string {
  if (!isKnown(share)) return unknown;
  const percent = share * 100;
  if (percent === 0) return "0%";
  if (Math.abs(percent) < 0.01) return percent < 0 ? "over −0.01%" : "under 0.01%";
  if (percent < 100 && percent > 99.99) return "over 99.99%";
  const nearAnEnd = Math.abs(percent) < 1 || (percent > 99 && percent < 100);
  return `${Number(percent.toFixed(nearAnEnd ? 2 : Math.abs(percent) < 10 ? 1 : 0))}%`.replace("-", "−");
}

/** A whole number with thousands separators: 12,480. Takes a bigint too. */
export function formatCount(count: number | bigint | null | undefined, unknown = UNKNOWN): string {
  if (typeof count === "bigint") return count.toLocaleString("en-US");
  return isKnown(count) ? Math.round(count).toLocaleString("en-US") : unknown;
}

const SCALES = [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1e3, "K"]] as const;

/** Three significant digits and a letter: 8.03B parameters, 25.6M, 1.2K; up to 999 as it is. */
export function formatCountShort(count: number | bigint | null | undefined, unknown = UNKNOWN): string {
  const value = typeof count === "bigint" ? Number(count) : count;
  if (!isKnown(value)) return unknown;
  const rounded = Number(Math.abs(value).toPrecision(3));
  const scale = SCALES.find(([size]) => rounded >= size);
  const text = scale ? `${Number((rounded / scale[0]).toPrecision(3))}${scale[1]}` : `${Math.round(rounded)}`;
  return value < 0 ? `−${text}` : text;
}

/** Requests per second: 0.05/s · 3.2/s · 120/s. */
export function formatRate(perSecond: number | null | undefined, unknown = UNKNOWN): string {
  if (!isKnown(perSecond)) return unknown;
  const text = perSecond === 0 ? "0" : perSecond < 0.01 ? "under 0.01" : Number(perSecond.toPrecision(perSecond >= 100 ? 3 : 2)).toLocaleString("en-US");
  return `${text}/s`;
}
