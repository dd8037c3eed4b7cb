import { statfs } from "node:fs/promises";
import { hostname } from "node:os";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { GONE_AFTER_MS, self } from "@/lib/health/beat";
import { type Exposed, mergeExposition } from "@/lib/health/merge-exposition";
import { readQueues } from "@/lib/health/read-queues";
import { registry } from "@/lib/health/registry";

const gauge = (name: string, help: string, samples: [labels: string, value: number][]): string =>
  samples.length === 0 ? "" : `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${samples.map(([l, v]) => `${name}${l === "" ? "" : `{${l}}`} ${v}`).join("\n")}\n`;

/** The whole of Slipway as Prometheus reads it: this process as it is now, the others as they last wrote, and what the database knows. Without a database, this process and `slipway_database_up 0`. */
export async function ownMetrics(now = new Date()): Promise<string> {
  const here: Exposed = { labels: { process: "web", instance_id: nameOf({ host: hostname(), pid: process.pid }) }, text: await registry().metrics() };
  const disk = await statfs(env().SLIPWAY_DATA_DIR).catch(() => null);
  const diskText = disk === null ? "" : gauge("slipway_data_disk_free_bytes", "Free space where Slipway keeps its files", [["", disk.bavail * disk.bsize]]);
  try {
    const [beats, queues, jobs] = await Promise.all([
      db().processBeat.findMany({ where: { seenAt: { gte: new Date(now.getTime() - GONE_AFTER_MS) } }, orderBy: { startedAt: "asc" } }), readQueues(), db().jobRun.findMany({ orderBy: { name: "asc" } }),
    ]);
    const others = beats.filter((b) => b.id !== self().id).map((b): Exposed => ({ labels: { process: b.kind, instance_id: nameOf(b) }, text: (b.detail as { metrics?: string }).metrics ?? "" }));
    return mergeExposition([here, ...others]) + diskText
      + gauge("slipway_database_up", "1: the database answers", [["", 1]])
      + gauge("slipway_processes", "Processes heard of within 45 s", ["web", "worker", "gateway"].map((kind) => [`process="${kind}"`, beats.filter((b) => b.kind === kind).length]))
      + gauge("slipway_queue_waiting", "What waits for a worker", queues.map((q) => [`queue="${q.name}"`, q.waiting]))
      + gauge("slipway_queue_oldest_seconds", "How long the oldest of a queue has been due; 0 of an empty one", queues.map((q) => [`queue="${q.name}"`, q.oldestSeconds ?? 0]))
      + gauge("slipway_job_last_success_timestamp_seconds", "When a periodic job last ended without an error", jobs.flatMap((j): [string, number][] => (j.succeededAt ? [[`job_name="${j.name}"`, j.succeededAt.getTime() / 1000]] : [])))
      + gauge("slipway_job_failing", "1: the last run of a periodic job met an error", jobs.map((j) => [`job_name="${j.name}"`, j.error === null ? 0 : 1]));
  } catch {
    return mergeExposition([here]) + diskText + gauge("slipway_database_up", "1: the database answers", [["", 0]]);
  }
}

const nameOf = (p: { host: string; pid: number }) => `${p.host}:${p.pid}`;
