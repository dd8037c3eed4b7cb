import type { Profile } from "@/lib/profiles/schema";

const SIZES = [
  { size: "small", cpuMillicores: 500, memoryMib: 1024 },
  { size: "medium", cpuMillicores: 1000, memoryMib: 2048 },
  { size: "large", cpuMillicores: 2000, memoryMib: 4096 },
  { size: "xlarge", cpuMillicores: 4000, memoryMib: 16_384 },
] as const;

/**
 * Profiles of a cluster whose nodes are whatever they are: shares of cpu and memory, and one NVIDIA GPU of whichever kind is there. Nobody
 * sends Slipway a bill for such nodes, so there is no price on file.
 */
export function clusterProfiles(): Profile[] {
  const profile = (slug: string, name: string, share: { cpuMillicores: number; memoryMib: number }, architecture: Profile["architecture"], accelerator: Profile["accelerator"] = null): Profile => ({
    slug, name, targetKind: "kubernetes", instanceType: null, region: null, accelerator, capacityType: "on-demand", ...share,
    diskGib: null, diskSizedFromModel: true, architecture, price: null, pricePerMonth: null, priceOnDemand: null, spot: null,
  });
  const gib = (mib: number) => `${mib / 1024} GiB`;
  const cores = (m: number) => `${m / 1000} ${m === 1000 ? "core" : "cores"}`;
  return [
    ...SIZES.map((s) => profile(`cluster-${s.size}`, `Any node, ${s.size}: ${cores(s.cpuMillicores)}, ${gib(s.memoryMib)}`, s, "amd64")),
    profile("cluster-gpu", "Any GPU node: one NVIDIA GPU, 4 cores, 16 GiB", { cpuMillicores: 4000, memoryMib: 16_384 }, "amd64", { name: "NVIDIA GPU", kind: "gpu", manufacturer: "nvidia", count: 1, memoryMibEach: null }),
    ...SIZES.map((s) => profile(`cluster-${s.size}-arm64`, `Any ARM node, ${s.size}: ${cores(s.cpuMillicores)}, ${gib(s.memoryMib)}`, s, "arm64")),
  ];
}
