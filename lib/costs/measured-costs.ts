import { addParts, addUsd } from "@/lib/costs/allocation-math";
import { quoteSchema } from "@/lib/costs/quote";
import { reconcile } from "@/lib/costs/reconcile";
import type { LedgerAllocation } from "@/lib/costs/replica-time-source";
import type { MeasuredCosts } from "@/lib/costs/schema";
import { readMeasured, totalOf, type MeasuredDay } from "@/lib/costs/sources/read-measured";
import { db } from "@/lib/db/client";

type Query = { window: { from: Date; to: Date }; now: Date; projectIds?: readonly string[]; deploymentIds?: readonly string[] };
const AGE_TO_WORRY_MS = 3 * 3_600_000;

/**
 * What Kubecost or OpenCost said of the same deployments, against our own ledger, on whole UTC days that both know. null: no cluster of theirs has a
 * cost source, nor had one in this time.
 */
export async function measuredCosts(query: Query, ledger: readonly LedgerAllocation[], projectSlugOf: (id: string) => string | undefined): Promise<MeasuredCosts | null> {
  const ids = [...(query.deploymentIds ?? new Set(ledger.map((a) => a.deploymentId)))];
  const [days, profiles] = await Promise.all([
    readMeasured(query),
    db().profile.findMany({ where: { slug: { in: [...new Set(ledger.map((a) => a.profileSlug))] } }, select: { slug: true, body: true } }),
  ]);
  // Also of a target whose deployments are all gone: what it said of them is still shown.
  const sources = await db().targetCostSource.findMany({
    where: { target: { OR: [{ deployments: { some: { id: { in: ids } } } }, { slug: { in: [...new Set(days.map((d) => d.target))] } }] } }, orderBy: { target: { slug: "asc" } },
    select: { kind: true, fetchedAt: true, fetchError: true, notes: true, target: { select: { slug: true } } },
  });
  if (days.length === 0 && sources.length === 0) return null;
  const bodies = new Map(profiles.map((p) => [p.slug, p.body as { capacityType?: string; priceOnDemand?: unknown }]));
  const ledgerOf = Map.groupBy(ledger, (a) => a.deploymentId);
  const lines = [...Map.groupBy(days, (d) => d.deploymentId)].flatMap(([id, measured]) => {
    const own = ledgerOf.get(id) ?? [];
    const project = projectSlugOf(measured[0]!.projectId);
    if (project === undefined) return [];
    return [lineOf(project, own, measured, bodies)];
  }).sort((a, b) => (b.total ?? -1) - (a.total ?? -1) || a.deployment.localeCompare(b.deployment));
  return {
    sources: sources.map((s) => ({
      target: s.target.slug, source: s.kind === "kubecost" ? "Kubecost" : "OpenCost", fetchedAt: s.fetchedAt?.toISOString() ?? null, error: s.fetchError, notes: s.notes as string[],
      ageSeconds: s.fetchedAt ? Math.max(0, Math.round((query.now.getTime() - s.fetchedAt.getTime()) / 1000)) : null, stale: !s.fetchedAt || query.now.getTime() - s.fetchedAt.getTime() > AGE_TO_WORRY_MS,
    })),
    total: addUsd(lines.map((l) => l.total)), ours: addUsd(lines.map((l) => l.ours)), days: [...new Set(days.map((d) => d.day))].sort(), lines,
  };
}

function lineOf(project: string, own: LedgerAllocation[], measured: MeasuredDay[], bodies: Map<string, { capacityType?: string; priceOnDemand?: unknown }>): MeasuredCosts["lines"][number] {
  const ranOn = new Map<string, { total: number | null; seconds: number }>();
  for (const d of own.flatMap((a) => a.cost.perDay)) {
    if (d.replicaSeconds === 0) continue;
    const before = ranOn.get(d.day);
    ranOn.set(d.day, { total: before ? addUsd([before.total, d.total]) : d.total, seconds: (before?.seconds ?? 0) + d.replicaSeconds });
  }
  const both = measured.filter((d) => d.whole && ranOn.has(d.day));
  const told = new Set(measured.map((d) => d.day));
  const span = measured.map((d) => d.day).sort();
  const profiles = own.map((a) => bodies.get(a.profileSlug));
  const prices = profiles.map((p) => quoteSchema.nullable().safeParse(p?.priceOnDemand).data?.value ?? null);
  const ours = both.length === 0 ? null : addUsd(both.map((d) => ranOn.get(d.day)!.total));
  const theirs = both.length === 0 ? null : totalOf(both);
  const newest = measured.at(-1)!;
  const compared = both.length === 0 ? { differenceUsd: null, differenceShare: null, reasons: [{ code: "no-figure" as const, text: "No whole day that both know yet." }] } : reconcile({
    who: newest.source, ours, theirs, parts: addParts(both.map((d) => d.parts)), replicaHours: both.reduce((s, d) => s + ranOn.get(d.day)!.seconds, 0) / 3600,
    spot: profiles.length > 0 && profiles.every((p) => p?.capacityType === "spot" || p?.capacityType === "spot-with-fallback"),
    onDemandUsdPerHour: prices.length > 0 && prices.every((p) => p === prices[0]) ? prices[0]! : null,
    // Only within what it has told of at all: before its first day it was not there.
    onlyOurs: [...ranOn.keys()].filter((d) => !told.has(d) && d > span[0]! && d < span.at(-1)!).length, onlyTheirs: own.length === 0 ? 0 : measured.filter((d) => d.whole && !ranOn.has(d.day)).length,
  });
  return {
    project, deployment: own[0]?.deploymentSlug ?? newest.deploymentId, target: newest.target, source: newest.source, estimate: measured.some((d) => d.estimate), total: totalOf(measured), parts: addParts(measured.map((d) => d.parts)),
    perDay: measured.map(({ day, total, whole }) => ({ day, total, ours: ranOn.get(day)?.total ?? null, whole })), ours, theirs, days: both.length, ...compared,
  };
}
