import type { z } from "zod";
import { type CursorKind, decodeCursor } from "@/lib/api/cursor";
import type { Prisma } from "@/lib/db/generated/client";
import type { LEAD_SORTS, leadFilters } from "@/lib/leads/schema";

type Sort = (typeof LEAD_SORTS)[number];
const COLUMNS = {
  score: { field: "score", kind: "whole" }, name: { field: "nameKey", kind: "text" }, created: { field: "createdAt", kind: "time" }, next: { field: "nextStepOn", kind: "text" },
} as const satisfies Record<string, { field: string; kind: CursorKind }>;

const columnOf = (sort: Sort) => ({ ...COLUMNS[sort.replace("-", "") as keyof typeof COLUMNS], dir: sort.startsWith("-") ? ("desc" as const) : ("asc" as const) });

/** Pure: which leads the filters mean, at `now`. */
export function leadsWhere(f: z.output<typeof leadFilters>, now: Date): Prisma.LeadWhereInput {
  const like = { contains: f.search, mode: "insensitive" } as const;
  return {
    stage: f.stage ?? (f.due === "today" ? { notIn: ["won", "lost"] } : undefined), source: f.source, score: f.minScore === undefined ? undefined : { gte: f.minScore },
    ...(f.due === "today" ? { nextStepOn: { lte: now } } : f.due === "none" ? { nextStep: null, nextStepOn: null } : {}),
    ...(f.search ? { OR: [{ name: like }, { domain: like }, { people: { some: { OR: [{ name: like }, { email: like }] } } }] } : {}),
  };
}

/** Pure: the order, what comes after a cursor, and the cursor of a row. What has no value comes last, both ways. */
export function leadsOrder(sort: Sort, cursor: string | undefined) {
  const { field, kind, dir } = columnOf(sort);
  const nullable = field === "nextStepOn";
  const after = decodeCursor(cursor, [kind, "uuid"]);
  const orderBy: Prisma.LeadOrderByWithRelationInput[] = [{ [field]: nullable ? { sort: dir, nulls: "last" } : dir }, { id: "asc" }];
  const cursorOf = (row: { id: string; score: number; nameKey: string; createdAt: Date; nextStepOn: Date | null }) => {
    const value = row[field];
    return [value instanceof Date ? value.toISOString() : (value ?? ""), row.id];
  };
  return { orderBy, cursorOf, where: after ? beyond(field, after[0]!, String(after[1]), dir) : {} };
}

function beyond(field: string, value: string | number, id: string, dir: "asc" | "desc"): Prisma.LeadWhereInput {
  if (field === "nextStepOn" && value === "") return { nextStepOn: null, id: { gt: id } };
  const at = field === "nextStepOn" || field === "createdAt" ? dateOf(String(value)) : value;
  return { OR: [{ [field]: { [dir === "desc" ? "lt" : "gt"]: at } }, { [field]: at, id: { gt: id } }, ...(field === "nextStepOn" ? [{ nextStepOn: null }] : [])] };
}

/** A made-up cursor may hold any text, and years that PostgreSQL has not. */
function dateOf(text: string): Date {
  const at = new Date(text);
  return at.getUTCFullYear() >= 1600 && at.getUTCFullYear() < 3000 ? at : new Date(0);
}
