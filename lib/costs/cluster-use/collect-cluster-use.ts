import { readDatadogDay } from "@/lib/costs/cluster-use/read-datadog-day";
import { readDay, type RevisionDay } from "@/lib/costs/cluster-use/read-day";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Logger } from "@/lib/logger";
import { askDatadog, type AskDatadog, type DatadogConnection } from "@/lib/observability/datadog/ask";
import { askOf, type Ask, type PrometheusConnection } from "@/lib/observability/prometheus/ask";
import { DIALECTS } from "@/lib/observability/promql/dialects";
import { connectionOf, isDatadog, type Connection } from "@/lib/observability/sources/connection-of";
import { MEASURED_WITH, type MeasuredRow } from "@/lib/observability/source-of";
import { UselessAnswer } from "@/lib/observability/useless-answer";
import { runtimeNamed } from "@/lib/serving/runtimes";
import type { ServingRuntime } from "@/lib/serving/serving-runtime";
import { deploymentName, namespaceName } from "@/lib/targets/kubernetes/names";
import { settingsOf } from "@/lib/targets/kubernetes/settings-of";

const DAY_MS = 86_400_000;
/** How far back a day is asked for that was not asked for yet: about what a Prometheus keeps by default. */
const BACK_DAYS = 14;
/** Scrapes of the last moments have not arrived yet. */
const SETTLE_MS = 60_000;

type Dialect = ServingRuntime["dialect"];
type Stretch = { from: Date; to: Date };
type ReadDay = (dialect: Dialect, namespaces: readonly string[], stretch: Stretch) => Promise<RevisionDay[]>;
type Asks = { prometheus: (connection: PrometheusConnection) => Ask; datadog: (connection: DatadogConnection) => AskDatadog };
/** Takes many requests into one computation. */
const batches = (dialect: Dialect) => dialect === "vllm";

/**
 * Reads from each cluster's metrics source what its deployments answered, failed and computed, by revision and UTC day: today so far, and the days before
 * that it was not asked for to their end. What a source once said stays when it fails; a day is written as a whole or not at all.
 */
export async function collectClusterUse(now: Date, log: Pick<Logger, "warn">, asks: Asks = { prometheus: askOf, datadog: askDatadog }): Promise<void> {
  const rows: MeasuredRow[] = await db().deployment.findMany({ where: { target: { kind: { in: ["kubernetes", "eks"] }, metricsSource: { isNot: null } } }, select: MEASURED_WITH });
  for (const deployments of Map.groupBy(rows, (d) => d.target.id).values()) {
    const { target } = deployments[0]!;
    try {
      await collectTarget(readerOf(connectionOf(target.slug, target.metricsSource!), asks), deployments, now);
    } catch (error) {
      if (!(error instanceof UselessAnswer) && !(error instanceof AppError && error.code === "unprocessable")) throw error;
      log.warn({ target: target.slug, reason: error.message }, "use could not be read from the metrics source; what was there stays");
    }
  }
}

function readerOf(connection: Connection, asks: Asks): ReadDay {
  if (isDatadog(connection)) {
    const ask = asks.datadog(connection);
    return (dialect, namespaces, stretch) => readDatadogDay(ask, dialect, namespaces, stretch, batches(dialect));
  }
  const ask = asks.prometheus(connection);
  return (dialect, namespaces, stretch) => readDay(ask, DIALECTS[dialect], namespaces, stretch, batches(dialect));
}

async function collectTarget(read: ReadDay, deployments: readonly MeasuredRow[], now: Date): Promise<void> {
  const { target } = deployments[0]!;
  const settings = settingsOf(target);
  const places = new Map(deployments.map((d) => {
    const ref = { id: d.id, project: d.project.slug, projectId: d.projectId, deployment: d.slug };
    return [`${namespaceName(ref, settings)}/${deploymentName(ref)}`, d] as const;
  }));
  const namespaces = [...new Set([...places.keys()].map((key) => key.split("/")[0]!))];
  const runtimes = new Set(deployments.flatMap((d) => d.revisions.map((r) => r.runtime)));
  const dialects = [...new Set([...runtimes].map((r) => runtimeNamed(r).dialect))];
  const settled = new Date(now.getTime() - SETTLE_MS);
  for (const day of await daysToRead(target.id, settled)) {
    const coveredTo = new Date(Math.min(day.getTime() + DAY_MS, settled.getTime()));
    if (coveredTo.getTime() - day.getTime() < SETTLE_MS) continue;
    const found = (await Promise.all(dialects.map(async (dialect) => (await read(dialect, namespaces, { from: day, to: coveredTo })).flatMap(({ namespace, name, ...use }) => {
      const d = places.get(`${namespace}/${name}`);
      const revision = d?.revisions.find((r) => r.number === use.revision);
      // Another kind of server's series under this name are not of this revision.
      return d && revision && runtimeNamed(revision.runtime).dialect === dialect ? [{ deploymentId: d.id, projectId: d.projectId, day, coveredTo, ...use }] : [];
    })))).flat();
    const asked = { coveredTo, found: found.length };
    await db().$transaction([
      ...found.map(({ deploymentId, revision, day, ...use }) => db().clusterUse.upsert({ where: { deploymentId_revision_day: { deploymentId, revision, day } }, create: { deploymentId, revision, day, ...use }, update: use })),
      db().clusterUseDay.upsert({ where: { targetId_day: { targetId: target.id, day } }, create: { targetId: target.id, day, ...asked }, update: asked }),
    ]);
  }
}

/** Beginnings of the days that are to be read, oldest first: today, yesterday while nothing is there of it, and those before that were not asked for to their end. */
async function daysToRead(targetId: string, settled: Date): Promise<Date[]> {
  const today = Math.floor(settled.getTime() / DAY_MS) * DAY_MS;
  const first = new Date(today - BACK_DAYS * DAY_MS);
  const rows = await db().clusterUseDay.findMany({ where: { targetId, day: { gte: first } } });
  // What is of yesterday may still arrive where the source is behind; what is older will not.
  const done = new Set(rows.filter((r) => r.coveredTo.getTime() >= r.day.getTime() + DAY_MS && (r.found > 0 || r.day.getTime() < today - DAY_MS)).map((r) => r.day.getTime()));
  return Array.from({ length: BACK_DAYS + 1 }, (_, i) => first.getTime() + i * DAY_MS).filter((t) => t === today || !done.has(t)).map((t) => new Date(t));
}
