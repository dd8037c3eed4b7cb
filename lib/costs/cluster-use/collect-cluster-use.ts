import { readDay } from "@/lib/costs/cluster-use/read-day";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Logger } from "@/lib/logger";
import { askOf, type Ask, type PrometheusConnection } from "@/lib/observability/prometheus/ask";
import { DIALECTS } from "@/lib/observability/promql/dialects";
import { connectionOf, isDatadog } from "@/lib/observability/sources/connection-of";
import { MEASURED_WITH, type MeasuredRow } from "@/lib/observability/source-of";
import { UselessAnswer } from "@/lib/observability/useless-answer";
import { runtimeNamed } from "@/lib/serving/runtimes";
import { deploymentName, namespaceName } from "@/lib/targets/kubernetes/names";
import { settingsOf } from "@/lib/targets/kubernetes/settings-of";

const DAY_MS = 86_400_000;
/** How far back a day is asked for that is not whole yet: about what a Prometheus keeps by default. */
const BACK_DAYS = 14;
/** Scrapes of the last moments have not arrived yet. */
const SETTLE_MS = 60_000;

/**
 * Reads from each cluster's Prometheus what its deployments answered, failed and computed, by revision and UTC day: today so far, and the days before that
 * are not whole yet. What a source once said stays when it fails; a day is written as a whole or not at all.
 */
export async function collectClusterUse(now: Date, log: Pick<Logger, "warn">, askFor: (connection: PrometheusConnection) => Ask = askOf): Promise<void> {
  const rows: MeasuredRow[] = await db().deployment.findMany({ where: { target: { kind: { in: ["kubernetes", "eks"] }, metricsSource: { isNot: null } } }, select: MEASURED_WITH });
  for (const deployments of Map.groupBy(rows, (d) => d.target.id).values()) {
    const { target } = deployments[0]!;
    try {
      const connection = connectionOf(target.slug, target.metricsSource!);
      if (!isDatadog(connection)) await collectTarget(askFor(connection), deployments, now);
    } catch (error) {
      if (!(error instanceof UselessAnswer) && !(error instanceof AppError && error.code === "unprocessable")) throw error;
      log.warn({ target: target.slug, reason: error.message }, "use could not be read from the metrics source; what was there stays");
    }
  }
}

async function collectTarget(ask: Ask, deployments: readonly MeasuredRow[], now: Date): Promise<void> {
  const settings = settingsOf(deployments[0]!.target);
  const places = new Map(deployments.map((d) => {
    const ref = { id: d.id, project: d.project.slug, projectId: d.projectId, deployment: d.slug };
    return [`${namespaceName(ref, settings)}/${deploymentName(ref)}`, d] as const;
  }));
  const namespaces = [...new Set([...places.keys()].map((key) => key.split("/")[0]!))];
  const runtimes = new Set(deployments.flatMap((d) => d.revisions.map((r) => r.runtime)));
  const dialects = [...new Set([...runtimes].map((r) => runtimeNamed(r).dialect))];
  const settled = new Date(now.getTime() - SETTLE_MS);
  for (const from of await daysToRead(deployments.map((d) => d.id), settled)) {
    const to = new Date(Math.min(from.getTime() + DAY_MS, settled.getTime()));
    if (to.getTime() - from.getTime() < SETTLE_MS) continue;
    const found = (await Promise.all(dialects.map(async (dialect) => (await readDay(ask, DIALECTS[dialect], namespaces, { from, to }, dialect === "vllm")).flatMap(({ namespace, name, ...use }) => {
      const d = places.get(`${namespace}/${name}`);
      const revision = d?.revisions.find((r) => r.number === use.revision);
      // Another kind of server's series under this name are not of this revision.
      return d && revision && runtimeNamed(revision.runtime).dialect === dialect ? [{ deploymentId: d.id, projectId: d.projectId, day: from, coveredTo: to, ...use }] : [];
    })))).flat();
    await db().$transaction(found.map(({ deploymentId, revision, day, ...use }) => db().clusterUse.upsert({ where: { deploymentId_revision_day: { deploymentId, revision, day } }, create: { deploymentId, revision, day, ...use }, update: use })));
  }
}

/** Beginnings of the days that are to be read: today, and of those before each that no row covers to its end. Oldest first. */
async function daysToRead(deploymentIds: string[], settled: Date): Promise<Date[]> {
  const today = Math.floor(settled.getTime() / DAY_MS) * DAY_MS;
  const first = new Date(today - BACK_DAYS * DAY_MS);
  const rows = await db().clusterUse.groupBy({ by: ["day"], where: { deploymentId: { in: deploymentIds }, day: { gte: first } }, _max: { coveredTo: true } });
  const whole = new Set(rows.filter((r) => r._max.coveredTo!.getTime() >= r.day.getTime() + DAY_MS).map((r) => r.day.getTime()));
  return Array.from({ length: BACK_DAYS + 1 }, (_, i) => first.getTime() + i * DAY_MS).filter((t) => t === today || !whole.has(t)).map((t) => new Date(t));
}
