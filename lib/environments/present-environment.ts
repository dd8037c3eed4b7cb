import { createHash } from "node:crypto";
import type { OverBudget } from "@/lib/budgets/gate";
import type { EnvironmentDto } from "@/lib/environments/schema";

type Row = { slug: string; name: string; requiresApproval: boolean; monthlyBudgetUsd: { toNumber(): number } | null; overBudget: OverBudget; sleepAfterMinutes: number | null; expireAfterDays: number | null; createdAt: Date; target: { slug: string } | null; _count: { deployments: number } };

export const WITH_COUNT = { target: { select: { slug: true } }, _count: { select: { deployments: true } } } as const;

export const presentEnvironment = (e: Row): EnvironmentDto => ({
  slug: e.slug, name: e.slug, displayName: e.name, requiresApproval: e.requiresApproval, monthlyBudgetUsd: e.monthlyBudgetUsd?.toNumber() ?? null, overBudget: e.overBudget, target: e.target?.slug ?? null, sleepAfterMinutes: e.sleepAfterMinutes, expireAfterDays: e.expireAfterDays,
  createdAt: e.createdAt.toISOString(), deployments: e._count.deployments,
});

/** Of what can be edited, so that a new deployment does not make an edit stale. */
export const environmentEtag = (e: Row): string =>
  createHash("sha256").update(JSON.stringify([e.name, e.requiresApproval, e.monthlyBudgetUsd?.toNumber() ?? null, e.overBudget, e.target?.slug ?? null, e.sleepAfterMinutes, e.expireAfterDays])).digest("base64url").slice(0, 16);
