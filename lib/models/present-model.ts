import type { ModelDto } from "@/lib/models/schema";

/** What every read of a model selects. */
export const MODEL_SELECT = {
  id: true, slug: true, name: true, description: true, rowVersion: true, createdAt: true, updatedAt: true,
  _count: { select: { versions: true, deployments: true } },
  versions: { orderBy: { number: "desc" }, take: 1, select: { number: true, format: true, sizeBytes: true, state: true } },
} as const;

type Row = {
  slug: string; name: string; description: string; createdAt: Date; updatedAt: Date; _count: { versions: number; deployments: number };
  versions: { number: number; format: string; sizeBytes: bigint; state: string }[];
};

export function presentModel(m: Row): ModelDto {
  const newest = m.versions[0];
  return {
    slug: m.slug, name: m.slug, displayName: m.name, description: m.description, latestVersion: newest?.number ?? null,
    versions: m._count.versions, deployments: m._count.deployments, format: newest?.format ?? null,
    sizeBytes: newest ? Number(newest.sizeBytes) : null, state: newest?.state ?? null,
    createdAt: m.createdAt.toISOString(), updatedAt: m.updatedAt.toISOString(),
  };
}
