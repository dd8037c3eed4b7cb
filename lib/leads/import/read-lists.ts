import { Readable } from "node:stream";
import type { z } from "zod";
import { decodeCursor, page } from "@/lib/api/cursor";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { csvLine } from "@/lib/leads/csv-line";
import { presentList } from "@/lib/leads/import/present-list";
import type { refusedQuery } from "@/lib/leads/import/schema";

const PAGE = 500;

/** Lists, newest first. */
export async function listLists(actor: Actor, query: { limit: number; cursor?: string }) {
  requirePermission(actor, "lead.manage", null);
  const after = decodeCursor(query.cursor, ["uuid"]);
  const rows = await db().leadImport.findMany({ where: after ? { id: { lt: String(after[0]) } } : {}, orderBy: { id: "desc" }, take: query.limit + 1 });
  return page(rows, query.limit, (l) => [l.id], presentList);
}

export async function getList(actor: Actor, id: string) {
  requirePermission(actor, "lead.manage", null);
  const row = await db().leadImport.findUnique({ where: { id } });
  if (!row) throw notFound("list");
  return presentList(row);
}

/** Rows that were not taken over, in the file's order. */
export async function listRefused(actor: Actor, id: string, query: z.output<typeof refusedQuery>) {
  await getList(actor, id);
  const after = decodeCursor(query.cursor, ["whole"]);
  const rows = await refused(id, after ? Number(after[0]) : -1, query.limit + 1);
  return page(rows, query.limit, (r) => [r.line], (r) => ({ line: r.line, reason: r.reason, cells: r.cells as string[] }));
}

/** The same as a file to mend and bring again: the list's own columns, after line and reason. */
export async function exportRefused(actor: Actor, id: string): Promise<Response> {
  const list = await getList(actor, id);
  async function* lines(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(csvLine(["line", "reason", ...list.headers]));
    for (let after = -1; ; ) {
      const rows = await refused(id, after, PAGE);
      yield Buffer.from(rows.map((r) => csvLine([r.line, r.reason, ...(r.cells as string[])])).join(""));
      if (rows.length < PAGE) return;
      after = rows.at(-1)!.line;
    }
  }
  return new Response(Readable.toWeb(Readable.from(lines())) as ReadableStream, { headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="refused-rows.csv"`, "cache-control": "no-store" } });
}

const refused = (importId: string, after: number, take: number) => db().leadImportFault.findMany({ where: { importId, line: { gt: after } }, orderBy: { line: "asc" }, take });
