import { advise } from "@/lib/advice/advise";
import { ADVICE_DAYS, observe, type Measured } from "@/lib/advice/observe";
import { observeClusters, type OnCluster } from "@/lib/advice/observe-clusters";
import type { AdviceItem, Observed } from "@/lib/advice/schema";
import { addUsd } from "@/lib/costs/allocation-math";
import { divideRounded, toNanodollars, toUsd } from "@/lib/costs/money";
import { allocationsOf, readLedger } from "@/lib/costs/replica-time-source";
import { db } from "@/lib/db/client";
import { readStatus } from "@/lib/deployments/stored-status";
import type { StoredInspection } from "@/lib/models/stored-inspection";
import { fit } from "@/lib/profiles/fit";
import { listProfiles } from "@/lib/profiles/list-profiles";
import type { Profile } from "@/lib/profiles/schema";
import { onCluster } from "@/lib/observability/source-of";
import { whyNoSleep } from "@/lib/targets/why-no-sleep";

const DAY_MS = 86_400_000;
export type Advised = { id: string; projectId: string; project: string; deployment: string; generation: number; observed: Observed | null; items: AdviceItem[]; withheld: string[]; hourly: number | null };
const NEEDED = {
  project: { select: { slug: true } }, target: { include: { metricsSource: true } },
  revisions: { orderBy: { number: "desc" }, take: 20, select: { number: true, runtime: true, profile: true, createdAt: true, version: { select: { format: true, inspection: true, sizeBytes: true } } } },
} as const;

/** Advice on these running deployments, from what was measured of the revision that serves. */
export async function gatherAdvice(ids: readonly string[], now: Date): Promise<Advised[]> {
  const rows = await db().deployment.findMany({ where: { id: { in: [...ids] } }, include: NEEDED });
  const serving = rows.flatMap((d) => {
    const revision = d.revisions.find((r) => r.number === d.stableRevision);
    return d.desiredState === "running" && revision ? [{ ...d, revision: revision.number, runtime: revision.runtime, profile: revision.profile as Profile }] : [];
  });
  const [here, there] = [serving.filter((d) => !onCluster(d)), serving.filter(onCluster)];
  const from = new Date(now.getTime() - ADVICE_DAYS * DAY_MS);
  const [measured, seen, ledger] = await Promise.all([observe(here, now), observeClusters(there satisfies OnCluster[], now), readLedger({ window: { from, to: now }, deploymentIds: ids })]);
  const allocations = Map.groupBy(allocationsOf(ledger, { from, to: now }, now), (a) => a.deploymentId);
  const profilesOf = new Map<string, Profile[]>();
  for (const slug of new Set(rows.map((d) => d.target.slug))) profilesOf.set(slug, (await listProfiles({ limit: 10_000, target: slug }, now)).items);
  return rows.map((d) => {
    const head = { id: d.id, projectId: d.projectId, project: d.project.slug, deployment: d.slug, generation: d.generation };
    const none = (why: string): Advised => ({ ...head, observed: null, items: [], withheld: [why], hourly: null });
    const revision = d.revisions.find((r) => r.number === (d.stableRevision ?? d.desiredRevision));
    if (d.desiredState !== "running") return none(`It is ${d.desiredState}: there is nothing to save.`);
    if (!revision || d.stableRevision === null) return none("Nothing serves yet.");
    const m = onCluster(d) ? seen.get(d.id) : measured.get(d.id);
    if (!m) return none("No quarter of an hour of its measures is there yet.");
    if ("missing" in m) return none(m.missing);
    const profile = revision.profile as Profile;
    const own = allocations.get(d.id) ?? [];
    const seconds = own.reduce((s, a) => s + a.cost.replicaSeconds, 0);
    const total = addUsd(own.map((a) => a.total));
    const since = ledger.filter((r) => r.deploymentId === d.id).reduce((min, r) => Math.min(min, Math.max(from.getTime(), r.startedAt.getTime())), now.getTime());
    const hours = (now.getTime() - since) / 3_600_000;
    const hourly = total === null || hours <= 0 ? null : toUsd(divideRounded(toNanodollars(total) * 3_600_000n, BigInt(Math.round(hours * 3_600_000))));
    const observed = observedOf(m, profile, { replicas: hours > 0 ? seconds / 3600 / hours : null, hourly, source: onCluster(d) ? "prometheus" : "embedded" });
    const inspection = revision.version.inspection as StoredInspection;
    const model = { format: revision.version.format, fileBytes: Number(revision.version.sizeBytes), parameters: inspection.parameters, weightBytes: inspection.weightBytes, weightBytesByType: inspection.weightBytesByType, facts: inspection.facts };
    const candidates = (profilesOf.get(d.target.slug) ?? []).filter((p) => ["fits", "tight"].includes(fit(model, p).verdict));
    const { items, withheld } = advise({
      lacks: m.lacks, whyNoSleep: whyNoSleep(d.target), spreads: revision.runtime === "vllm", observed, now, profile, candidates, usdPerHour: profile.price?.value ?? null, startSeconds: readStatus(d.status).lastStart?.seconds ?? null, settledDays: (now.getTime() - revision.createdAt.getTime()) / DAY_MS,
      scaling: { min: d.minReplicas, max: d.maxReplicas, idleSecondsBeforeZero: d.idleSecondsBeforeZero },
    });
    return { ...head, observed, items, withheld, hourly };
  });
}

const observedOf = (m: Measured, profile: Profile, { replicas, hourly, source }: { replicas: number | null; hourly: number | null; source: Observed["source"] }): Observed => ({
  from: m.firstAt.toISOString(), to: m.lastAt.toISOString(), days: m.quarters / 96, profile: profile.slug, source, replicas, predictions: m.handled === null ? null : Math.round(m.handled), lastRequestAt: m.lastRequestAt?.toISOString() ?? null, quietShare: m.quietShare,
  quietByHour: m.quietByHour, peakCpuCores: m.peakCpuCores, cpuCores: profile.cpuMillicores / 1000, peakMemoryMib: m.peakMemoryMib, memoryMib: profile.memoryMib, peakBusy: m.peakBusy, busyBy: m.busyBy, p95Seconds: m.p95Seconds, usdPerHour: hourly,
  gpu: m.gpu && profile.accelerator ? { name: profile.accelerator.name, count: profile.accelerator.count, ...m.gpu, memoryMibEach: profile.accelerator.memoryMibEach } : null,
});
