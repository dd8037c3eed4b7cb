/** EC2's quotas of vCPUs by family and capacity type, as Service Quotas numbers them, and the instance types that each is of. */
export const EC2_QUOTAS = [
  { code: "L-DB2E81BA", family: "G and VT", capacity: "on-demand", of: /^(g\d|gr\d|vt)/ },
  { code: "L-3819A6DF", family: "G and VT", capacity: "spot", of: /^(g\d|gr\d|vt)/ },
  { code: "L-417A185B", family: "P", capacity: "on-demand", of: /^p\d/ },
  { code: "L-7212CCBC", family: "P", capacity: "spot", of: /^p[234]/ },
  { code: "L-C4BD4855", family: "P5", capacity: "spot", of: /^p5/ },
  { code: "L-1945791B", family: "Inf", capacity: "on-demand", of: /^inf/ },
  { code: "L-B5D1601B", family: "Inf", capacity: "spot", of: /^inf/ },
  { code: "L-2C3B7624", family: "Trn", capacity: "on-demand", of: /^trn/ },
  { code: "L-6B0D517C", family: "Trn", capacity: "spot", of: /^trn/ },
  { code: "L-1216C47A", family: "Standard", capacity: "on-demand", of: /^(a|c|d|h|i|im|is|m|r|t|z)\d/ },
  { code: "L-34B43A08", family: "Standard", capacity: "spot", of: /^(a|c|d|h|i|im|is|m|r|t|z)\d/ },
] as const;

export type QuotaVcpus = { family: string; capacity: string; /** null: it could not be read. */ vcpus: number | null };
export type InstanceQuota = { family: string; capacity: "on-demand" | "spot"; /** null: unknown. */ vcpus: number | null; /** Instances of this type that the account may run at once; null: unknown. */ instances: number | null };

/** The account's quota for an instance type of so many vCPUs (null: not on file), on the capacity that a profile uses: both kinds where it falls back. Pure. */
export function quotasOf(instanceType: string, vcpusOfOne: number | null, capacityType: string, readings: readonly QuotaVcpus[]): InstanceQuota[] {
  const kinds = capacityType === "spot-with-fallback" ? (["spot", "on-demand"] as const) : capacityType === "spot" ? (["spot"] as const) : (["on-demand"] as const);
  return kinds.flatMap((capacity) => {
    const quota = EC2_QUOTAS.find((q) => q.capacity === capacity && q.of.test(instanceType));
    if (!quota) return [];
    const vcpus = readings.find((r) => r.family === quota.family && r.capacity === capacity)?.vcpus ?? null;
    return [{ family: quota.family, capacity, vcpus, instances: vcpus === null || vcpusOfOne === null ? null : Math.floor(vcpus / vcpusOfOne) }];
  });
}
