import { db } from "@/lib/db/client";
import { putTargetProfiles } from "@/lib/profiles/put-profiles";
import { announceTargets } from "@/lib/targets-catalogue/announce-target";
import { findTarget } from "@/lib/targets-catalogue/find-target";
import { regionOf } from "@/lib/targets-catalogue/region-of";
import { checkConnected } from "@/lib/targets/check-connected";
import { targetOf } from "@/lib/targets/registry";
import type { Finding } from "@/lib/targets/target";

/**
 * Looks at a target now, and keeps what was found: findings for the list, and of a cluster what can be detected of its settings. Throws
 * bad_gateway when this machine's gateway cannot be asked; a cluster that does not answer is a finding.
 */
export async function checkTarget(slug: string, now = new Date()): Promise<Finding[]> {
  const row = await findTarget(slug);
  if (row.kind !== "kubernetes" && row.kind !== "eks") {
    const findings = await targetOf(row).check();
    await db().target.updateMany({ where: { id: row.id }, data: { findings, checkedAt: now } });
    return findings;
  }
  const { findings, detected } = await checkConnected(row, now);
  const changed = detected !== null && JSON.stringify(detected) !== JSON.stringify(row.detected);
  if (changed) await putTargetProfiles(row.kind, regionOf({ ...row, detected }));
  await db().$transaction(async (tx) => {
    await tx.target.updateMany({ where: { id: row.id }, data: { findings, checkedAt: now, ...(changed ? { detected } : {}) } });
    if (changed) await announceTargets(tx);
  });
  return findings;
}
