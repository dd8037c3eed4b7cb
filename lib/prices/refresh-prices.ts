import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { awsAccounts } from "@/lib/prices/aws-account";
import { listReadings } from "@/lib/prices/list-readings";
import { dueReadings, readingsOf, type WantedReading } from "@/lib/prices/plan-readings";
import { takeReading } from "@/lib/prices/take-reading";
import { DEFAULT_REGION } from "@/lib/profiles/catalogue";
import { repriceProfiles } from "@/lib/profiles/reprice-profiles";
import { regionOf } from "@/lib/targets-catalogue/region-of";

/**
 * Reads prices now: of the regions named, else of every region a target is in. Without an EKS target only the Spot Advisor's file can be
 * read, and the answer says so. A reading that fails says why and keeps what was read before.
 */
export async function refreshPrices(actor: Actor, { regions }: { regions?: string[] }, now = new Date()) {
  requirePermission(actor, "profile.manage", null);
  const targets = await connectedTargets();
  const asked = regions ?? [DEFAULT_REGION, ...targets.flatMap((t) => regionOf(t) ?? [])];
  await take(readingsOf(asked), targets, now);
  await db().$transaction((tx) => writeAudit(tx, actor, { action: "prices.refresh", subject: { kind: "prices", id: "aws" }, detail: { regions: [...new Set(asked)].sort() } }));
  return listReadings(now);
}

/** What is due, for the worker. Nothing is asked of anybody before an EKS cluster is connected. */
export async function refreshDuePrices(now: Date): Promise<void> {
  const targets = await connectedTargets();
  if (awsAccounts(targets).length === 0) return;
  const known = await db().priceReading.findMany({ select: { kind: true, region: true, triedAt: true, problem: true } });
  // Regions that somebody asked for once are kept up to date too.
  const regions = [DEFAULT_REGION, ...targets.flatMap((t) => regionOf(t) ?? []), ...known.flatMap((k) => (k.kind === "on-demand" ? [k.region] : []))];
  await take(dueReadings(readingsOf(regions), known, now), targets, now);
}

type Targets = Awaited<ReturnType<typeof connectedTargets>>;
const connectedTargets = () => db().target.findMany({ where: { kind: { in: ["kubernetes", "eks"] } }, orderBy: { createdAt: "asc" } });

async function take(wanted: readonly WantedReading[], targets: Targets, now: Date): Promise<void> {
  const accounts = awsAccounts(targets);
  const results = await Promise.all(wanted.map((w) => takeReading(w, accounts, now)));
  if (results.some(Boolean)) await repriceProfiles(now);
}
