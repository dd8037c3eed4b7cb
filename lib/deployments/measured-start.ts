import type { Tx } from "@/lib/db/client";
import { readStatus } from "@/lib/deployments/stored-status";

const DEPLOYMENTS_LOOKED_AT = 200;

/**
 * Median of the measured starts of a version on a profile on one kind of target, from a replica being placed until it served: seconds, or null
 * where none was measured. A deployment tells of its newest start.
 */
export async function measuredStart(tx: Tx, of: { modelId: string; versionId: string; profileId: string; targetKind: string }): Promise<number | null> {
  const rows = await tx.deployment.findMany({
    where: { modelId: of.modelId, target: { kind: of.targetKind } }, orderBy: { createdAt: "desc" }, take: DEPLOYMENTS_LOOKED_AT,
    select: { status: true, revisions: { where: { versionId: of.versionId, profileId: of.profileId }, select: { number: true } } },
  });
  const starts = rows.flatMap(({ status, revisions }) => {
    const { lastStart } = readStatus(status);
    return lastStart?.placedSeconds !== undefined && revisions.some((r) => r.number === lastStart.revision) ? [lastStart.placedSeconds] : [];
  });
  return median(starts);
}

/** Pure. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
