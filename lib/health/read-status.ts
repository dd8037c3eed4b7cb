import { statfs } from "node:fs/promises";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { env } from "@/lib/env";
import { GONE_AFTER_MS } from "@/lib/health/beat";
import { readQueues } from "@/lib/health/read-queues";
import type { StatusDto } from "@/lib/health/schema";
import { readiness } from "@/lib/observability/readiness";
import type { SourceHealth } from "@/lib/observability/sources/schema";

/** How Slipway itself fares, for who runs it. */
export async function readStatus(now = new Date()): Promise<StatusDto> {
  const [beats, queues, database, jobs, sources, disk, ready] = await Promise.all([
    db().processBeat.findMany({ select: { kind: true, host: true, pid: true, startedAt: true, seenAt: true }, orderBy: [{ kind: "asc" }, { startedAt: "asc" }], take: 200 }), readQueues(), readDatabase(),
    db().jobRun.findMany({ orderBy: { name: "asc" } }),
    db().targetMetricsSource.findMany({ select: { kind: true, health: true, checkedAt: true, target: { select: { slug: true } } }, orderBy: { target: { slug: "asc" } } }),
    statfs(env().SLIPWAY_DATA_DIR).catch(() => null), readiness(),
  ]);
  return {
    at: now.toISOString(),
    processes: beats.map((b) => ({ kind: b.kind as "web", host: b.host, pid: b.pid, startedAt: b.startedAt.toISOString(), seenAt: b.seenAt.toISOString(), alive: now.getTime() - b.seenAt.getTime() < GONE_AFTER_MS })),
    queues, database, disk: disk && { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
    jobs: jobs.map((j) => ({ name: j.name, everySeconds: j.everyMs / 1000, finishedAt: j.finishedAt.toISOString(), tookMs: j.finishedAt.getTime() - j.startedAt.getTime(), succeededAt: j.succeededAt?.toISOString() ?? null, error: j.error })),
    sources: sources.map((s) => {
      const health = s.health as SourceHealth | null;
      return { target: s.target.slug, kind: s.kind, ok: health?.ok ?? null, message: health && !health.ok ? health.message : null, checkedAt: s.checkedAt?.toISOString() ?? null };
    }),
    readiness: ready.checks,
  };
}

async function readDatabase(): Promise<StatusDto["database"]> {
  const began = performance.now();
  const { rows } = await pool().query<{ version: string; size: string; connections: string; most: string }>(
    `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS size, (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections, current_setting('max_connections') AS most`);
  const r = rows[0]!;
  return { version: r.version, sizeBytes: Number(r.size), connections: Number(r.connections), maxConnections: Number(r.most), answerMs: performance.now() - began };
}
