import { z } from "zod";
import { AppError } from "@/lib/errors";

/** Opaque cursor: the sort values of a page's last row. */
export const encodeCursor = (values: (string | number)[]): string => Buffer.from(JSON.stringify(values)).toString("base64url");

/** What a cursor's value is compared with: a column of text, of uuid, of whole numbers (PostgreSQL's bigint at most), of time. */
export type CursorKind = "text" | "uuid" | "whole" | "time";

const IS: Record<CursorKind, (v: unknown) => boolean> = {
  text: (v) => typeof v === "string" && v.isWellFormed() && !v.includes("\u0000"),
  uuid: (v) => z.uuid().safeParse(v).success,
  whole: (v) => Number.isSafeInteger(v) && Math.abs(v as number) < 2 ** 31,
  time: (v) => z.iso.datetime().safeParse(v).success,
};

/** Throws invalid_request on anything that is not a cursor with values of these kinds: what a caller makes up never reaches the database as another type. */
export function decodeCursor(cursor: string | undefined, kinds: readonly CursorKind[]): (string | number)[] | null {
  if (cursor === undefined) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(values) && values.length === kinds.length && values.every((v, i) => IS[kinds[i]!](v))) return values as (string | number)[];
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
