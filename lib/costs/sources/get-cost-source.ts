import type { Actor } from "@/lib/auth/actor";
import { allows } from "@/lib/auth/permissions";
import type { CostServerKind } from "@/lib/costs/allocation-api-source";
import type { CostSourceDto, CostSourceHealth } from "@/lib/costs/sources/schema";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { findTarget } from "@/lib/targets-catalogue/find-target";

type Kept = { days: number; coveredTo: Date | null; deployments: string | null; idle: string | null; other: string | null };

/** Where the cost of a target's deployments is asked and how that fares; address and cluster-wide sums only for whoever may connect clusters. Never the header. */
export async function getCostSource(actor: Actor, slug: string): Promise<CostSourceDto> {
  const target = await findTarget(slug);
  const row = await db().targetCostSource.findUnique({ where: { targetId: target.id } });
  if (!row) return { kind: "replica-time", health: null, checkedAt: null, collection: null, settings: null, lastWeek: null };
  const manages = allows(actor, "target.manage", null);
  // A sum with an unknown part is unknown.
  const sum = (which: string) => `CASE WHEN bool_or("totalUsd" IS NULL) FILTER (WHERE week AND ${which}) THEN NULL ELSE sum("totalUsd") FILTER (WHERE week AND ${which}) END`;
  const { rows: [kept] } = await pool().query<Kept>(
    `SELECT count(DISTINCT day)::int AS days, max("coveredTo") AS "coveredTo", ${sum(`"deploymentId" IS NOT NULL`)} AS deployments, ${sum(`subject = 'idle'`)} AS idle, ${sum(`subject = 'other'`)} AS other
     FROM (SELECT *, day > max(day) OVER () - 7 AS week FROM "CostAllocation" WHERE "targetId" = $1) kept`, [target.id]);
  const usd = (text: string | null) => (text === null ? null : Number(text));
  return {
    kind: row.kind as CostServerKind, health: row.health as CostSourceHealth | null, checkedAt: row.checkedAt?.toISOString() ?? null,
    collection: { lastAt: row.fetchedAt?.toISOString() ?? null, error: row.fetchError, nextAt: row.nextFetchAt.toISOString(), coveredTo: kept?.coveredTo?.toISOString() ?? null, days: kept?.days ?? 0 },
    settings: manages ? { url: row.url, headerName: row.headerName, headerSet: row.header !== null } : null,
    lastWeek: manages && kept && kept.days > 0 ? { deployments: usd(kept.deployments), idle: usd(kept.idle), other: usd(kept.other) } : null,
  };
}
