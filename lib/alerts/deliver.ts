import { messageRequest, type Reach } from "@/lib/alerts/send-message";
import type { AlertMessage } from "@/lib/alerts/schema";
import { openChannel } from "@/lib/alerts/channel-config";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/** Seconds after each failed attempt; after the last one the message is dead until somebody sends it again. */
export const BACK_OFF_SECONDS = [5, 30, 120, 600, 1800, 7200, 21_600];
const LEASE_SECONDS = 60;
const BATCH = 20;

/**
 * Sends what is due. Several workers may do this at once: a message is leased to one. What was sent when a worker ended before writing it
 * down is sent again under the same id, by which a receiver knows it. Returns how many were taken.
 */
export async function deliverAlerts(now: Date, reach: Reach = {}): Promise<number> {
  const claimed = await db().$queryRaw<{ id: string; attempts: number }[]>`
    UPDATE "AlertDelivery" SET "leaseUntil" = ${new Date(now.getTime() + LEASE_SECONDS * 1000)}, attempts = attempts + 1
    WHERE id IN (SELECT id FROM "AlertDelivery" WHERE state = 'waiting' AND "nextAttemptAt" <= ${now} AND ("leaseUntil" IS NULL OR "leaseUntil" < ${now}) ORDER BY "nextAttemptAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    RETURNING id::text, attempts`;
  const taken = await Promise.all(claimed.map((c) => attempt(c, now, reach)));
  return taken.filter(Boolean).length;
}

async function attempt({ id, attempts }: { id: string; attempts: number }, now: Date, reach: Reach): Promise<boolean> {
  const row = await db().alertDelivery.findUnique({ where: { id }, include: { channel: true } });
  if (!row) return false;
  // Only of this attempt: one whose lease ran out meanwhile is another's.
  const own = { id, attempts, state: "waiting" };
  try {
    await messageRequest(openChannel(row.channel), row.payload as AlertMessage, id, new Date(), reach, {
      by: row.takenBy, add: async (hash) => void (await db().alertDelivery.updateMany({ where: { id }, data: { takenBy: { push: hash } } })),
    });
    return (await db().alertDelivery.updateMany({ where: own, data: { state: "delivered", deliveredAt: now, lastError: null, leaseUntil: null } })).count > 0;
  } catch (error) {
    const gone = error instanceof AppError && error.code === "gone";
    const wait = gone ? undefined : BACK_OFF_SECONDS[attempts - 1];
    const lastError = error instanceof AppError ? error.message : "The message could not be sent: its channel's settings cannot be read.";
    await db().alertDelivery.updateMany({ where: own, data: { state: wait === undefined ? "dead" : "waiting", nextAttemptAt: wait === undefined ? now : new Date(now.getTime() + wait * 1000), lastError: lastError.slice(0, 500), leaseUntil: null } });
    if (gone) await db().alertChannel.updateMany({ where: { id: row.channelId }, data: { disabledWhy: "The receiver answered 410: it wants no more messages." } });
    return false;
  }
}
