import type { AdviceKind, AppliedDto } from "@/lib/advice/schema";
import { readLedger } from "@/lib/costs/replica-time-source";
import { multiplyUsd, toNanodollars, toUsd } from "@/lib/costs/money";
import { totalOf } from "@/lib/costs/summary/total-of";
import { db } from "@/lib/db/client";
import { HOURS_PER_MONTH } from "@/lib/profiles/schema";

type Row = { deploymentId: string; deploymentSlug: string; kind: string; change: string; beforeUsdPerHour: unknown; expectedMonthlySavingUsd: unknown; appliedAt: Date; appliedBy: string };
/** A saving this share of what was expected counts as it. */
const AS_EXPECTED = 0.8;

/** Advice that was taken, newest first, with what it has saved since: what the rate before would have cost, less what the ledger has. */
export async function listApplied(where: { deploymentIds: readonly string[] } | { projectIds: readonly string[] }, now: Date, take = 20): Promise<AppliedDto[]> {
  const rows = await db().appliedAdvice.findMany({ where: "deploymentIds" in where ? { deploymentId: { in: [...where.deploymentIds] } } : { projectId: { in: [...where.projectIds] } }, orderBy: { appliedAt: "desc" }, take });
  if (rows.length === 0) return [];
  const earliest = rows.reduce((min, r) => (r.appliedAt < min ? r.appliedAt : min), now);
  const ledger = Map.groupBy(await readLedger({ window: { from: earliest, to: now }, deploymentIds: rows.map((r) => r.deploymentId) }), (r) => r.deploymentId);
  return rows.map((r, i) => {
    // What was taken afterwards is judged by itself.
    const next = rows.slice(0, i).findLast((o) => o.deploymentId === r.deploymentId)?.appliedAt ?? now;
    return realised(r, totalOf(ledger.get(r.deploymentId) ?? [], { from: r.appliedAt, to: next }, now), next);
  });
}

/** Pure. */
export function realised(r: Row, spentNano: bigint | null, until: Date): AppliedDto {
  const hours = Math.max(0, (until.getTime() - r.appliedAt.getTime()) / 3_600_000);
  const expected = Number(r.expectedMonthlySavingUsd);
  const realisedUsd = spentNano === null ? null : toUsd(toNanodollars(multiplyUsd(Number(r.beforeUsdPerHour), hours)) - spentNano);
  return {
    kind: r.kind as AdviceKind, deployment: r.deploymentSlug, change: r.change, appliedAt: r.appliedAt.toISOString(), appliedBy: r.appliedBy, expectedMonthlySavingUsd: expected, hours, realisedUsd,
    onTrack: realisedUsd === null || hours < 24 ? null : realisedUsd >= multiplyUsd(expected, (hours / HOURS_PER_MONTH) * AS_EXPECTED),
  };
}
