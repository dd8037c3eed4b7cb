/** A half-open range of bytes; "whole" when none was asked for; null when it cannot be met (416). */
export type ByteRange = { start: number; end: number } | "whole" | null;

/** One range of RFC 9110. Several at once, and units other than bytes, are answered with the whole. */
export function parseRange(header: string | null, size: number): ByteRange {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.replaceAll(" ", "") ?? "");
  if (!found || (found[1] === "" && found[2] === "")) return "whole";
  const [, from, to] = found as unknown as [string, string, string];
  if (from === "") {
    const last = Number(to);
    return last === 0 ? null : { start: Math.max(0, size - last), end: size };
  }
  const start = Number(from);
  const end = to === "" ? size : Math.min(size, Number(to) + 1);
  if (to !== "" && Number(to) < start) return "whole";
  return start >= size ? null : { start, end };
}
