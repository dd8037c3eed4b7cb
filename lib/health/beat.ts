import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { db } from "@/lib/db/client";
import { registry } from "@/lib/health/registry";
import type { Logger } from "@/lib/logger";

const EVERY_MS = 10_000;
/** A process not heard of for so long is taken for gone. */
export const GONE_AFTER_MS = 45_000;

export type ProcessKind = "web" | "worker" | "gateway";

const holder = globalThis as { slipwayProcess?: { id: string; startedAt: Date } };
/** This process among all of Slipway's. */
export const self = () => (holder.slipwayProcess ??= { id: randomUUID(), startedAt: new Date(Date.now() - process.uptime() * 1000) });

/** Writes down every ten seconds that this process lives, with its measures: only web is scraped, and it tells for all. */
export function keepBeating(kind: ProcessKind, log: Pick<Logger, "warn">): { stop(): Promise<void> } {
  const { id, startedAt } = self();
  let failed = false;
  const beat = async () => {
    const now = new Date();
    const data = { kind, host: hostname(), pid: process.pid, startedAt, seenAt: now, detail: { metrics: await registry().metrics() } };
    await db().processBeat.upsert({ where: { id }, create: { id, ...data }, update: data });
    failed = false;
  };
  let beating: Promise<void> = Promise.resolve();
  const again = () => {
    beating = beating.then(beat).catch((error: unknown) => {
      // Told once: the database that is away is told of by everything else as well.
      if (!failed) log.warn({ err: error }, "this process could not write down that it lives");
      failed = true;
    });
  };
  again();
  const timer = setInterval(again, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await beating;
      // Stopped on purpose is not gone: it leaves the list.
      await db().processBeat.deleteMany({ where: { id } }).catch(() => undefined);
    },
  };
}
