import { presentApproval, WITH_NAMES } from "@/lib/approvals/present-approval";
import type { ApprovalAction, ApprovalDto } from "@/lib/approvals/schema";
import { canonicalJson } from "@/lib/audit/hash";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { ApprovalNeeded } from "@/lib/budgets/approval-needed";
import { db } from "@/lib/db/client";

/** Requests one deployment may have waiting: a script that retries must not bury the people who decide. */
const MOST_WAITING = 20;

type Asked = { action: ApprovalAction; deployment: string; body: unknown };

/**
 * Makes a change, or writes down that it waits for somebody's yes. The change itself was rolled back by then, so that nothing of it
 * has happened. The same request of the same person that waits already is answered again rather than doubled.
 */
export async function askFirst<T>(actor: Actor, projectId: string, asked: Asked, change: () => Promise<T>): Promise<{ done: T } | { approval: ApprovalDto }> {
  try {
    return { done: await change() };
  } catch (error) {
    if (!(error instanceof ApprovalNeeded)) throw error;
    return { approval: await writeRequest(actor, projectId, asked, error) };
  }
}

async function writeRequest(actor: Actor, projectId: string, asked: Asked, needed: ApprovalNeeded): Promise<ApprovalDto> {
  const body = JSON.parse(JSON.stringify(asked.body ?? {})) as object;
  const requestedById = actor.userId ?? actor.id;
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM "Environment" WHERE id = ${needed.environmentId}::uuid FOR UPDATE`;
    const waiting = await tx.approval.findMany({ where: { projectId, deploymentSlug: asked.deployment, state: "waiting" }, include: WITH_NAMES, orderBy: { requestedAt: "desc" }, take: MOST_WAITING });
    const same = waiting.find((w) => w.action === asked.action && w.requestedById === requestedById && canonicalJson(w.body) === canonicalJson(body) && w.generation === needed.generation);
    if (same) return presentApproval(same, actor);
    if (waiting.length >= MOST_WAITING) throw needed;
    const row = await tx.approval.create({
      include: WITH_NAMES,
      data: { projectId, environmentId: needed.environmentId, deploymentSlug: asked.deployment, action: asked.action, body, generation: needed.generation, gate: needed.gate, requestedById, requestedBy: actor.label },
    });
    await writeAudit(tx, actor, { action: "approval.create", subject: { kind: "deployment", id: asked.deployment }, projectId, detail: { approval: row.id, change: asked.action, environment: row.environment.slug, reasons: needed.gate.reasons } });
    return presentApproval(row, actor);
  });
}
