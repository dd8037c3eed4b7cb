import { type Allocation, type AllocationParts, type AllocationUse, PARTS } from "@/lib/costs/cost-source";
import { toNanodollars, toUsd } from "@/lib/costs/money";

export const NO_PARTS: AllocationParts = { cpu: null, memory: null, gpu: null, network: null, storage: null, loadBalancer: null, idle: null, shared: null };
export const NO_USE: AllocationUse = { cpuCoreHours: null, cpuCoreHoursUsed: null, gpuHours: null, gpuHoursUsed: null };

/** Exact sum of amounts; null as soon as one is: an unknown part makes an unknown sum. An empty sum is 0. */
export function addUsd(amounts: readonly (number | null)[]): number | null {
  let nano = 0n;
  for (const a of amounts) {
    if (a === null) return null;
    nano += toNanodollars(a);
  }
  return toUsd(nano);
}

/** Part by part. A part that one of them does not know is unknown in the sum. */
export const addParts = (all: readonly AllocationParts[]): AllocationParts =>
  (all.length === 0 ? NO_PARTS : Object.fromEntries(PARTS.map((p) => [p, addUsd(all.map((a) => a[p]))])) as AllocationParts);

export function addUse(all: readonly AllocationUse[]): AllocationUse {
  if (all.length === 0) return NO_USE;
  const sum = (name: keyof AllocationUse) => all.reduce<number | null>((s, u) => (s === null || u[name] === null ? null : s + u[name]), 0);
  return { cpuCoreHours: sum("cpuCoreHours"), cpuCoreHoursUsed: sum("cpuCoreHoursUsed"), gpuHours: sum("gpuHours"), gpuHoursUsed: sum("gpuHoursUsed") };
}

/** Whether an allocation is among those that were asked for; idle and other always are, whoever asks for everything. */
export const asked = (a: Pick<Allocation, "kind" | "deploymentId" | "projectId">, query: { deploymentIds?: readonly string[]; projectIds?: readonly string[] }): boolean =>
  a.kind !== "deployment" || ((!query.deploymentIds || query.deploymentIds.includes(a.deploymentId ?? "")) && (!query.projectIds || query.projectIds.includes(a.projectId ?? "")));
