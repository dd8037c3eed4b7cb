import { AppError } from "@/lib/errors";

/** Opaque cursor: the sort values of a page's last row. */
export const encodeCursor = (values: (string | number)[]): string => Buffer.from(JSON.stringify(values)).toString("base64url");

/** Throws invalid_request on anything that is not a cursor of ours with `length` values. */
export function decodeCursor(cursor: string | undefined, length: number): (string | number)[] | null {
  if (cursor === undefined) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(values) && values.length === length && values.every((v) => typeof v === "string" || typeof v === "number")) return values;
  } catch {
    // falls through: the answer is the same for every malformed cursor
  }
  throw new AppError("invalid_request", "The cursor is not valid. Start again without one.", { fields: [{ path: "cursor", message: "not a cursor of this list" }] });
}

/** Cuts a list that was read with one row too many into a page. */
export function page<T, R>(rows: T[], limit: number, cursorOf: (row: T) => (string | number)[], present: (row: T) => R): { items: R[]; nextCursor: string | null } {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept.map(present), nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null };
}
