import { applyApproval } from "@/lib/approvals/apply-approval";
import { findWaiting } from "@/lib/approvals/find-approval";
import { isRequester, presentApproval, WITH_NAMES } from "@/lib/approvals/present-approval";
import type { ApprovalDto } from "@/lib/approvals/schema";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db, type Tx } from "@/lib/db/client";
import type { ApprovalState } from "@/lib/db/generated/enums";
import { AppError } from "@/lib/errors";

/**
 * Says yes: the change is made as it was asked for, in the same transaction, so that an approved request is never one that did not
 * happen. Throws what the change itself throws (a name taken meanwhile, a version refused since); the request then goes on waiting.
 */
export async function approve(actor: Actor, projectId: string, id: string, note: string | undefined): Promise<ApprovalDto> {
  requirePermission(actor, "deployment.approve", projectId);
  return db().$transaction(async (tx) => {
    const row = await findWaiting(tx, projectId, id);
    await applyApproval(tx, actor, row);
    return close(tx, actor, row, "approved", note);
  });
}

export async function decline(actor: Actor, projectId: string, id: string, note: string | undefined): Promise<ApprovalDto> {
  requirePermission(actor, "deployment.approve", projectId);
  return db().$transaction(async (tx) => close(tx, actor, await findWaiting(tx, projectId, id), "declined", note));
}

/** Takes one's own request back. Throws forbidden for another's. */
export async function withdraw(actor: Actor, projectId: string, id: string): Promise<ApprovalDto> {
  return db().$transaction(async (tx) => {
    const row = await findWaiting(tx, projectId, id);
    if (!isRequester(actor, row)) throw new AppError("forbidden", `Only ${row.requestedBy}, who asked for it, can take this request back.`);
    return close(tx, actor, row, "withdrawn", undefined);
  });
}

async function close(tx: Tx, actor: Actor, row: Awaited<ReturnType<typeof findWaiting>>, state: ApprovalState, note: string | undefined): Promise<ApprovalDto> {
  const closed = await tx.approval.update({ where: { id: row.id }, include: WITH_NAMES, data: { state, decidedById: actor.userId ?? actor.id, decidedBy: actor.label, decidedAt: new Date(), note: note || null } });
  const verb = { approved: "approve", declined: "decline", withdrawn: "withdraw", waiting: "create" }[state];
  await writeAudit(tx, actor, { action: `approval.${verb}`, subject: { kind: "deployment", id: row.deploymentSlug }, projectId: row.projectId, detail: { approval: row.id, change: row.action, requestedBy: row.requestedBy, ...(note ? { note } : {}) } });
  return presentApproval(closed, actor);
}
