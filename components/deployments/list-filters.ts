import { PHASES, type Phase } from "@/lib/deployments/schema";

export const SORTS = ["createdAt", "name", "phase"] as const;
export type DeploymentSort = (typeof SORTS)[number];
/** Rows of one page: what a usual screen shows without scrolling, so that a project of thousands opens as fast as one of ten. */
export const DEPLOYMENTS_A_PAGE = 20;
export type ListFilters = { search?: string; phase?: Phase; sort?: DeploymentSort };

/** What a list's address asks for; what it cannot mean is left out. The default order is left out too, so that one list has one key. */
export function listFilters(asked: Record<string, string | string[] | undefined>): ListFilters {
  const search = typeof asked.search === "string" ? asked.search.trim().slice(0, 80) || undefined : undefined;
  const sort = SORTS.find((s) => s === asked.sort && s !== "createdAt");
  return { search, phase: PHASES.find((p) => p === asked.phase), sort };
}
