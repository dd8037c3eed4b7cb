import { auditHash, GENESIS } from "@/lib/audit/hash";
import type { Db } from "@/lib/db/client";

export type ChainVerdict = { ok: true; rows: number; head: string } | { ok: false; rows: number; brokenAt: string; reason: string };

/** Walks the whole chain in batches. Finds any row edited, removed or moved, up to the newest (whose loss only a noted head shows). */
export async function verifyChain(db: Pick<Db, "auditEntry">, batch = 1000): Promise<ChainVerdict> {
  let prevHash = GENESIS;
  let seq = 0n;
  let rows = 0;
  for (;;) {
    const page = await db.auditEntry.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: "asc" }, take: batch });
    for (const row of page) {
      if (row.seq !== seq + 1n) return { ok: false, rows, brokenAt: (seq + 1n).toString(), reason: `row ${seq + 1n} is missing` };
      if (row.prevHash !== prevHash) return { ok: false, rows, brokenAt: row.seq.toString(), reason: `row ${row.seq} does not follow the row before it` };
      if (auditHash(prevHash, row) !== row.hash) return { ok: false, rows, brokenAt: row.seq.toString(), reason: `row ${row.seq} was changed after it was written` };
      prevHash = row.hash;
      seq = row.seq;
      rows++;
    }
    if (page.length < batch) return { ok: true, rows, head: prevHash };
  }
}
