import { formatBytes } from "@/lib/format/bytes";
import { formatDurationSeconds } from "@/lib/format/duration";
import type { StatusDto } from "@/lib/health/schema";

/** Seconds that something may be due before somebody should look. */
const LATE_SECONDS = 60;
/** Periods a job may miss. */
const MISSED = 5;

/** Whether a job has missed more of its periods than a start of a worker explains. */
export const isLate = (j: StatusDto["jobs"][number], at: string): boolean => Date.parse(at) - Date.parse(j.finishedAt) > MISSED * j.everySeconds * 1000 + LATE_SECONDS * 1000;

/** What of the status needs somebody, in sentences; empty: nothing. Pure. */
export function troublesOf(s: StatusDto): string[] {
  const found: string[] = [];
  for (const kind of ["web", "worker", "gateway"] as const) if (!s.processes.some((p) => p.kind === kind && p.alive)) found.push(kind === "gateway" ? "No gateway was heard of for 45 s: deployments on this machine cannot be reached." : kind === "worker" ? "No worker was heard of for 45 s: nothing is deployed, scaled or measured until one runs." : "No web process has written for 45 s.");
  for (const q of s.queues) if (q.oldestSeconds !== null && q.oldestSeconds > LATE_SECONDS) found.push(`${q.waiting} in the queue ${q.name}; the oldest has waited ${formatDurationSeconds(q.oldestSeconds)}.`);
  for (const j of s.jobs) {
    if (j.error !== null) found.push(`The job ${j.name} failed on its last run (${j.error}); the worker's log has the details.`);
    else if (isLate(j, s.at)) found.push(`The job ${j.name} has not run for ${formatDurationSeconds((Date.parse(s.at) - Date.parse(j.finishedAt)) / 1000)}.`);
  }
  if (s.database.connections > 0.8 * s.database.maxConnections) found.push(`The database has ${s.database.connections} of at most ${s.database.maxConnections} connections.`);
  if (s.disk && s.disk.freeBytes < 0.1 * s.disk.totalBytes) found.push(`The disk of the data directory has ${formatBytes(s.disk.freeBytes)} left.`);
  for (const x of s.sources) if (x.ok === false) found.push(`The metrics source of ${x.target} does not answer: ${x.message ?? "no reason given"}`);
  return found;
}
