import { db } from "@/lib/db/client";
import { rulesVersion, scoreLead } from "@/lib/leads/score";

const BATCH = 500;

/** Scores leads again whose score is of other rules, other weights or another month. Bounded: the rest comes next time. */
export async function rescoreLeads(now: Date): Promise<number> {
  const version = rulesVersion(now);
  const stale = await db().lead.findMany({ where: { rulesVersion: { not: version } }, take: BATCH });
  for (const lead of stale) {
    const { score } = scoreLead({ ...lead, fundingUsd: lead.fundingUsd?.toNumber() ?? null }, now);
    // Guarded: whoever changed the lead meanwhile scored it by what it is now.
    await db().lead.updateMany({ where: { id: lead.id, version: lead.version }, data: { score, rulesVersion: version } });
  }
  return stale.length;
}
