import { db, type Tx } from "@/lib/db/client";
import type { LeadImport } from "@/lib/db/generated/client";
import { decodeChunks, type Encoding } from "@/lib/leads/import/decode";
import type { Mapping } from "@/lib/leads/import/fields";
import { readChunks } from "@/lib/leads/import/read-chunks";
import { readRow, type ReadRow } from "@/lib/leads/import/read-row";
import { readRows, type Row } from "@/lib/leads/import/rows";
import { type ListCounts, MOST_ROWS, NO_COUNTS } from "@/lib/leads/import/schema";
import { LeadBook } from "@/lib/leads/lead-book";
import { lockLeads } from "@/lib/leads/merge-lead";

const LEASE_MS = 60_000;
const MAX_CLAIMS = 5;
const BATCH = 250;

export type RunListsOptions = { owner: string; signal?: AbortSignal; onFault?(error: unknown, id: string): void };

/** The list went to another worker, or somebody deleted it or its file. */
class Lost extends Error {}
/** What makes a list as a whole unfit; its words are shown. */
class Unfit extends Error {}

/**
 * Carries on the lists that are due, one after the other. An import writes a batch of rows together with how far it has come, so
 * that one whose worker was killed goes on where it stood and makes nothing twice. A check writes nothing but refused rows and begins anew.
 */
export async function runLists(now: () => Date, o: RunListsOptions): Promise<number> {
  for (let ran = 0; ; ran++) {
    if (o.signal?.aborted) return ran;
    const claimed = await claim(o.owner, now());
    if (!claimed) return ran;
    try {
      if (claimed.attempts > MAX_CLAIMS) throw new Unfit(`${MAX_CLAIMS} workers ended while they read this list. It is not tried again.`);
      await runOne(claimed, now, o);
    } catch (error) {
      if (error instanceof Lost) continue;
      o.onFault?.(error, claimed.id);
      if (o.signal?.aborted) return ran;
      if (error instanceof Unfit) await fail(claimed, o.owner, error.message, now());
      // A fault of ours: the claim runs out, and the list is carried on from where it stood.
      else return ran;
    }
  }
}

async function claim(owner: string, now: Date): Promise<LeadImport | null> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    UPDATE "LeadImport" SET "claimedBy" = ${owner}, "claimedUntil" = ${new Date(now.getTime() + LEASE_MS)}, attempts = attempts + 1
    WHERE id = (SELECT id FROM "LeadImport" WHERE state IN ('checking', 'importing') AND ("claimedUntil" IS NULL OR "claimedUntil" <= ${now}) ORDER BY "createdAt" LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id`;
  return rows[0] ? db().leadImport.findUnique({ where: { id: rows[0].id } }) : null;
}

/** Writes only while the list is still this worker's. */
async function end(tx: Tx, list: LeadImport, owner: string, data: Parameters<Tx["leadImport"]["updateMany"]>[0]["data"]): Promise<void> {
  const { count } = await tx.leadImport.updateMany({ where: { id: list.id, claimedBy: owner, state: list.state }, data });
  if (count === 0) throw new Lost();
}

async function fail(list: LeadImport, owner: string, fault: string, now: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    await end(tx, list, owner, { state: "failed", fault, finishedAt: now, claimedBy: null, claimedUntil: null });
    await tx.leadImportChunk.deleteMany({ where: { importId: list.id } });
  }).catch((error: unknown) => { if (!(error instanceof Lost)) throw error; });
}

async function runOne(list: LeadImport, now: () => Date, o: RunListsOptions): Promise<void> {
  const writes = list.state === "importing";
  let done = writes ? list.rowsDone : 0;
  let counts: ListCounts = writes ? { ...NO_COUNTS, ...(list.counts as object) } : NO_COUNTS;
  // A count that writes nothing has to remember what it would have made.
  const counting = writes ? null : new LeadBook();
  if (!writes) await db().leadImportFault.deleteMany({ where: { importId: list.id } });
  const take = async (rows: Row[]) => {
    o.signal?.throwIfAborted();
    await db().$transaction(async (tx) => {
      if (writes) await lockLeads(tx);
      counts = await takeBatch(tx, list, rows, counts, counting, now());
      await end(tx, list, o.owner, { rowsDone: done + rows.length, counts, claimedUntil: new Date(now().getTime() + LEASE_MS), ...(writes ? {} : { rows: done + rows.length }) });
    }, { timeout: 60_000, maxWait: 30_000 });
    done += rows.length;
    if (done > MOST_ROWS) throw new Unfit(`It has more than ${MOST_ROWS.toLocaleString("en")} rows. Split it; what was taken over so far stays.`);
  };
  let seen = 0;
  let batch: Row[] = [];
  for await (const row of dataRows(list)) {
    if (seen++ < done) continue;
    batch.push(row);
    if (batch.length < BATCH) continue;
    await take(batch);
    batch = [];
  }
  if (batch.length > 0) await take(batch);
  await db().$transaction(async (tx) => {
    await end(tx, list, o.owner, { state: writes ? "done" : "checked", rows: done, rowsDone: done, claimedBy: null, claimedUntil: null, finishedAt: writes ? now() : null });
    if (writes) await tx.leadImportChunk.deleteMany({ where: { importId: list.id } });
  });
}

async function* dataRows(list: LeadImport): AsyncGenerator<Row> {
  let heading = true;
  for await (const row of readRows(decodeChunks(readChunks(db(), list.id), list.encoding as Encoding), list.delimiter)) {
    if (heading && "cells" in row) heading = false;
    else yield row;
  }
}

async function takeBatch(tx: Tx, list: LeadImport, rows: Row[], before: ListCounts, counting: LeadBook | null, now: Date): Promise<ListCounts> {
  const columns = (list.headers as string[]).length;
  const read = rows.map((row): { row: Row; is: ReadRow } => ({ row, is: "fault" in row ? row : readRow(row.cells, columns, list.mapping as Mapping) }));
  const good = read.flatMap(({ is }) => ("company" in is ? [is] : []));
  const counts = { ...before };
  const book = counting ?? new LeadBook();
  await book.read(tx, good.map((g) => g.company));
  for (const { company, person } of good) {
    const { lead, outcome } = book.company(company);
    counts[outcome]++;
    if (person) counts[book.person(lead, person).created ? "peopleCreated" : "peopleKnown"]++;
  }
  if (!counting) await book.write(tx, { source: "import", importId: list.id }, now);
  const faults = read.flatMap(({ row, is }) => ("fault" in is ? [{ importId: list.id, line: row.line, reason: is.fault, cells: "cells" in row ? row.cells : [] }] : []));
  counts.refused += faults.length;
  await tx.leadImportFault.createMany({ data: faults, skipDuplicates: true });
  return counts;
}
