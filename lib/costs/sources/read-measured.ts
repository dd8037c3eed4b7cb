import { addUsd } from "@/lib/costs/allocation-math";
import type { AllocationParts } from "@/lib/costs/cost-source";
import { pool } from "@/lib/db/pool";

export type MeasuredDay = {
  deploymentId: string; projectId: string; target: string; day: string; source: string; total: number | null; parts: AllocationParts; estimate: boolean;
  /** Whether the figures cover the whole day, and the day is not one the source may still settle today. */
  whole: boolean;
};

type Row = { deploymentId: string; projectId: string; targetSlug: string; day: string; source: string; estimate: boolean; coveredTo: Date } & Record<Column, string | null>;
type Column = "totalUsd" | "cpuUsd" | "memoryUsd" | "gpuUsd" | "networkUsd" | "storageUsd" | "loadBalancerUsd" | "idleUsd" | "sharedUsd";
const DAY_MS = 86_400_000;
/** A source's last figure of a day is a scrape or two before midnight. */
const END_MS = 15 * 60_000;
const usd = (text: string | null) => (text === null ? null : Number(text));

/** What cost sources said of these deployments, on the UTC days that lie in the window as a whole. */
export async function readMeasured({ window, projectIds, deploymentIds }: { window: { from: Date; to: Date }; projectIds?: readonly string[]; deploymentIds?: readonly string[] }): Promise<MeasuredDay[]> {
  const from = new Date(Math.ceil(window.from.getTime() / DAY_MS) * DAY_MS);
  const to = new Date(Math.floor(window.to.getTime() / DAY_MS) * DAY_MS);
  if (to <= from) return [];
  const { rows } = await pool().query<Row>(
    `SELECT "deploymentId", "projectId", "targetSlug", to_char(day, 'YYYY-MM-DD') AS day, source, estimate, "coveredTo", "totalUsd", "cpuUsd", "memoryUsd", "gpuUsd", "networkUsd", "storageUsd", "loadBalancerUsd", "idleUsd", "sharedUsd"
     FROM "CostAllocation" WHERE day >= $1 AND day < $2 AND "deploymentId" IS NOT NULL AND "projectId" IS NOT NULL AND ($3::uuid[] IS NULL OR "projectId" = ANY($3)) AND ($4::uuid[] IS NULL OR "deploymentId" = ANY($4)) ORDER BY day`,
    [from.toISOString().slice(0, 10), to.toISOString().slice(0, 10), projectIds ?? null, deploymentIds ?? null]);
  return rows.map((r) => ({
    deploymentId: r.deploymentId, projectId: r.projectId, target: r.targetSlug, day: r.day, source: r.source, estimate: r.estimate, total: usd(r.totalUsd),
    parts: { cpu: usd(r.cpuUsd), memory: usd(r.memoryUsd), gpu: usd(r.gpuUsd), network: usd(r.networkUsd), storage: usd(r.storageUsd), loadBalancer: usd(r.loadBalancerUsd), idle: usd(r.idleUsd), shared: usd(r.sharedUsd) },
    whole: r.coveredTo.getTime() >= Date.parse(`${r.day}T00:00:00Z`) + DAY_MS - END_MS,
  }));
}

export const totalOf = (days: readonly MeasuredDay[]): number | null => addUsd(days.map((d) => d.total));
