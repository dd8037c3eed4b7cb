import { allocationApiSource, daysOf, type Ask, type CostServer } from "@/lib/costs/allocation-api-source";
import { checkCostServer, costServerWords } from "@/lib/costs/sources/check-cost-server";
import { serverOf } from "@/lib/costs/sources/server-of";
import { storeDay } from "@/lib/costs/sources/store-day";
import { db } from "@/lib/db/client";
import type { Logger } from "@/lib/logger";

const DAY_MS = 86_400_000;
/** How far back the first collection goes; most servers keep no more than about this. */
const FIRST_DAYS = 30;
/** The newest days are asked for again: a bill is reconciled a day or two after it was estimated. */
const OPEN_DAYS = 3;
const AGAIN_MS = 3_600_000;
const AFTER_FAILURE_MS = 600_000;

/**
 * Fetches what is due from every cost source, a day at a time, each kept as soon as it is there, so that a run that is cut off goes on where it was.
 * What a source once said stays when it fails, and it says since when.
 */
export async function collectCosts(now: Date, log: Pick<Logger, "warn">, ask?: Ask): Promise<{ targets: number; days: number }> {
  const due = await db().targetCostSource.findMany({ where: { nextFetchAt: { lte: now } }, include: { target: { select: { slug: true, config: true } } }, orderBy: { nextFetchAt: "asc" } });
  let days = 0;
  for (const row of due) {
    // Guarded by what was read: settings changed meanwhile are fetched with anew.
    const mine = { targetId: row.targetId, url: row.url, kind: row.kind };
    try {
      const server = serverOf(row.target, row);
      const { count, notes } = await collectOne(server, row, now, ask);
      days += count;
      const health = await checkCostServer(server, now, ask);
      await db().targetCostSource.updateMany({ where: mine, data: { fetchedAt: now, fetchError: null, nextFetchAt: new Date(now.getTime() + AGAIN_MS), notes, health, checkedAt: now } });
    } catch (error) {
      const fetchError = wordsOf(error);
      if (fetchError === null) throw error;
      log.warn({ target: row.target.slug, reason: fetchError }, "costs could not be collected; what was there stays");
      await db().targetCostSource.updateMany({ where: mine, data: { fetchError, nextFetchAt: new Date(now.getTime() + AFTER_FAILURE_MS) } });
    }
  }
  return { targets: due.length, days };
}

async function collectOne(server: CostServer, row: { targetId: string; fetchedUntil: Date | null; target: { slug: string } }, now: Date, ask?: Ask): Promise<{ count: number; notes: string[] }> {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const from = new Date(row.fetchedUntil?.getTime() ?? today - FIRST_DAYS * DAY_MS);
  let count = 0;
  let notes: string[] = [];
  for (const [start, end] of daysOf(from, now)) {
    const answer = await allocationApiSource(server, ask).allocations({ window: { from: start, to: end }, now });
    notes = answer.notes;
    await storeDay(row.targetId, row.target.slug, start, answer, now);
    count++;
    const next = start.getTime() + DAY_MS;
    if (next <= today - (OPEN_DAYS - 1) * DAY_MS) await db().targetCostSource.updateMany({ where: { targetId: row.targetId, url: server.url, kind: server.kind }, data: { fetchedUntil: new Date(next) } });
  }
  return { count, notes };
}

function wordsOf(error: unknown): string | null {
  try {
    return costServerWords(error);
  } catch {
    return null;
  }
}
