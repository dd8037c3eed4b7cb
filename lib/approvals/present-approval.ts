import type { Actor } from "@/lib/auth/actor";
import { allows } from "@/lib/auth/permissions";
import type { ApprovalDto, ApprovalAction } from "@/lib/approvals/schema";
import type { Gate } from "@/lib/budgets/gate";
import type { Approval } from "@/lib/db/generated/client";

export const WITH_NAMES = { project: { select: { slug: true } }, environment: { select: { slug: true } } } as const;
type Row = Approval & { project: { slug: string }; environment: { slug: string } };

export function presentApproval(row: Row, actor: Actor): ApprovalDto {
  const waiting = row.state === "waiting";
  return {
    id: row.id, project: row.project.slug, environment: row.environment.slug, deployment: row.deploymentSlug, action: row.action as ApprovalAction, summary: summaryOf(row),
    gate: row.gate as Gate, state: row.state, requestedBy: row.requestedBy, requestedAt: row.requestedAt.toISOString(), decidedBy: row.decidedBy, decidedAt: row.decidedAt?.toISOString() ?? null, note: row.note,
    mayDecide: waiting && allows(actor, "deployment.approve", row.projectId), mayWithdraw: waiting && isRequester(actor, row),
  };
}

/** A person's own, also when one of their tokens asked. */
export const isRequester = (actor: Actor, row: Pick<Approval, "requestedById">) => row.requestedById === actor.id || row.requestedById === actor.userId;

type Body = { model?: string; version?: number; profile?: string; scaling?: { min: number; max: number }; runtime?: string; env?: object; secrets?: object; public?: boolean; queueLimit?: number; canaryWeight?: number | null };

/** One line; names of variables only by their number, since an approver decides on cost and version. */
export function summaryOf(row: Pick<Approval, "action" | "body">): string {
  if (row.action === "start") return "Start it again";
  const b = row.body as Body;
  const parts = [
    b.version !== undefined && (b.model ? `version ${b.version} of ${b.model}` : `version ${b.version}`),
    b.profile && `on ${b.profile}`,
    b.scaling && (b.scaling.min === b.scaling.max ? `${b.scaling.min} ${b.scaling.min === 1 ? "replica" : "replicas"}` : `${b.scaling.min} to ${b.scaling.max} replicas`),
    b.runtime && `runtime ${b.runtime}`,
    b.public !== undefined && row.action === "update" && (b.public ? "public" : "with a token"),
    b.canaryWeight != null && `a canary with ${b.canaryWeight} % of the traffic`,
    (b.env ?? b.secrets) && row.action === "update" && "its variables",
    b.queueLimit !== undefined && row.action === "update" && `a queue of ${b.queueLimit}`,
  ].filter((p): p is string => typeof p === "string");
  return `${row.action === "create" ? "Deploy" : "Change to"} ${parts.join(", ")}`;
}
