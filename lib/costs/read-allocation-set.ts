import { z } from "zod";
import { addUsd } from "@/lib/costs/allocation-math";
import type { AllocationKind, AllocationParts, AllocationUse } from "@/lib/costs/cost-source";
import { AppError } from "@/lib/errors";

/** One row of an answer of Kubecost or OpenCost, in our words. */
export type ReadAllocation = {
  kind: AllocationKind; instance: string | null; deploymentId: string | null; projectId: string | null;
  parts: AllocationParts; total: number | null; use: AllocationUse;
  /** What the row itself says it covers; null: it does not. */
  from: Date | null; to: Date | null;
  /** The stretch that the server summed up for the answer, where the row says it. */
  window: { from: Date; to: Date } | null;
};

/** In the form Prometheus gives label names, in the order asked for. */
export const AGGREGATE_LABELS = ["slipway_dev_instance", "slipway_dev_project_id", "slipway_dev_deployment_id"] as const;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

// Servers write what is not a number as null, leave it out, or (older ones) as the text NaN.
const amount = z.unknown().optional().transform((v) => (typeof v === "number" && Number.isFinite(v) ? v : typeof v === "string" && v.trim() !== "" && Number.isFinite(Number(v)) ? Number(v) : null));
const AMOUNTS = [
  "cpuCost", "cpuCostAdjustment", "cpuCostIdle", "cpuCoreHours", "cpuCoreUsageAverage", "ramCost", "ramCostAdjustment", "ramCostIdle", "gpuCost", "gpuCostAdjustment", "gpuCostIdle", "gpuHours", "gpuUsageAverage",
  "networkCost", "networkCostAdjustment", "pvCost", "pvCostAdjustment", "loadBalancerCost", "loadBalancerCostAdjustment", "sharedCost", "totalCost", "minutes",
] as const;
const span = z.object({ start: z.string().nullish(), end: z.string().nullish() }).nullish().catch(null);
const row = z.object({
  ...(Object.fromEntries(AMOUNTS.map((name) => [name, amount])) as Record<(typeof AMOUNTS)[number], typeof amount>),
  properties: z.object({ labels: z.record(z.string(), z.string()).nullish().catch(null) }).nullish().catch(null),
  start: z.string().nullish().catch(null), end: z.string().nullish().catch(null), window: span,
  // Where newer servers tell of GPUs' use; older ones had it in the row itself.
  gpuAllocation: z.object({ gpuUsageAverage: amount }).nullish().catch(null),
});
const answer = z.object({ code: z.number().optional(), message: z.string().nullish(), data: z.array(z.record(z.string(), row.nullable()).nullable()).nullable() });

/** JSON as such servers write it: NaN and Inf, which no JSON has, become null. Throws SyntaxError. */
export function parseLoosely(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(text.replace(/"(?:\\.|[^"\\])*"|[+-]?\b(?:NaN|Inf(?:inity)?)\b/g, (found) => (found.startsWith('"') ? found : "null")));
  }
}

/** The rows of one answer. Throws bad_gateway in words when it is none. Pure. */
export function readAllocationSet(text: string, who: string): ReadAllocation[] {
  let json: unknown;
  try {
    json = parseLoosely(text);
  } catch (cause) {
    throw new AppError("bad_gateway", `${who} answered something that is not JSON. Is the URL that of its API, and not of its page?`, { cause });
  }
  const parsed = answer.safeParse(json);
  if (!parsed.success) throw new AppError("bad_gateway", `${who} answered in a shape that is no allocation of Kubecost or OpenCost. Check the kind and the URL.`, { cause: parsed.error });
  if (parsed.data.code !== undefined && parsed.data.code >= 400) throw new AppError("bad_gateway", `${who} refused: ${(parsed.data.message ?? `code ${parsed.data.code}`).slice(0, 300)}`);
  return (parsed.data.data ?? []).flatMap((set) => Object.entries(set ?? {}).flatMap(([key, r]) => (r ? [readRow(key, r)] : [])));
}

function readRow(key: string, r: z.output<typeof row>): ReadAllocation {
  const labels = labelsOf(key, r.properties?.labels ?? {});
  const idle = key.split("/").includes("__idle__");
  const ours = !idle && labels.deploymentId !== null && UUID.test(labels.deploymentId);
  const parts: AllocationParts = {
    cpu: adjusted(r.cpuCost, r.cpuCostAdjustment), memory: adjusted(r.ramCost, r.ramCostAdjustment), gpu: adjusted(r.gpuCost, r.gpuCostAdjustment),
    network: adjusted(r.networkCost, r.networkCostAdjustment), storage: adjusted(r.pvCost, r.pvCostAdjustment), loadBalancer: adjusted(r.loadBalancerCost, r.loadBalancerCostAdjustment),
    // Part of what is above, where the server splits it; no addition to it. Asked not to share idle, newer servers write 0 for what they did not split.
    idle: addUsd([r.cpuCostIdle, r.ramCostIdle, r.gpuCostIdle]) || null,
    shared: r.sharedCost,
  };
  const gpuUsage = r.gpuUsageAverage ?? r.gpuAllocation?.gpuUsageAverage ?? null;
  const [windowFrom, windowTo] = [dateOf(r.window?.start), dateOf(r.window?.end)];
  const hours = r.minutes === null ? null : r.minutes / 60;
  return {
    kind: idle ? "idle" : ours ? "deployment" : "other", instance: labels.instance, deploymentId: ours ? labels.deploymentId : null, projectId: ours ? labels.projectId : null, parts,
    total: r.totalCost ?? addUsd([parts.cpu, parts.memory, parts.gpu, parts.network, parts.storage, parts.loadBalancer, parts.shared]),
    use: {
      cpuCoreHours: r.cpuCoreHours, cpuCoreHoursUsed: r.cpuCoreUsageAverage === null || hours === null ? null : r.cpuCoreUsageAverage * hours,
      gpuHours: r.gpuHours, gpuHoursUsed: gpuUsage === null || hours === null ? null : gpuUsage * hours,
    },
    from: dateOf(r.start), to: dateOf(r.end), window: windowFrom && windowTo ? { from: windowFrom, to: windowTo } : null,
  };
}

/** An adjustment that is missing is none; a cost that is missing stays unknown. */
const adjusted = (cost: number | null, adjustment: number | null): number | null => (cost === null ? null : addUsd([cost, adjustment ?? 0]));

/** From the key where it holds the three values asked for (`value` or, on some servers, `name=value`), else from the labels of the row. */
function labelsOf(key: string, labels: Record<string, string>): { instance: string | null; projectId: string | null; deploymentId: string | null } {
  const values = key.split("/").map((v) => v.slice(v.indexOf("=") + 1));
  const at = (i: number) => {
    const value = values.length === AGGREGATE_LABELS.length ? values[i] : labels[AGGREGATE_LABELS[i] as string];
    return !value || value.startsWith("__") ? null : value;
  };
  return { instance: at(0), projectId: at(1), deploymentId: at(2) };
}

const dateOf = (text: string | null | undefined): Date | null => (text && !Number.isNaN(Date.parse(text)) ? new Date(text) : null);
