import type { Actor } from "@/lib/auth/actor";
import { noteAuditRow } from "@/lib/audit/audit-of-request";
import { auditHash, GENESIS } from "@/lib/audit/hash";
import type { Tx } from "@/lib/db/client";

const CHAIN_LOCK = 727100;

export type AuditEvent = {
  /** noun.verb: `deployment.create` */
  action: string;
  subject: { kind: string; id: string };
  projectId?: string | null;
  /** What changed, without secrets. */
  detail?: Record<string, unknown>;
};

/**
 * Adds a row to the audit chain inside the transaction that makes the change, so that both happen or neither does.
 * Call it last: it holds the chain's lock until the transaction ends.
 */
export async function writeAudit(tx: Tx, actor: Actor, event: AuditEvent): Promise<bigint> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK}::bigint)`;
  const last = await tx.auditEntry.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } });
  const fields = {
    seq: (last?.seq ?? 0n) + 1n,
    at: new Date(),
    actorKind: actor.kind,
    actorId: actor.id,
    actorLabel: actor.label,
    action: event.action,
    subjectKind: event.subject.kind,
    subjectId: event.subject.id,
    projectId: event.projectId ?? null,
    requestId: actor.requestId,
    detail: JSON.parse(JSON.stringify(event.detail ?? {})) as object,
  };
  const prevHash = last?.hash ?? GENESIS;
  noteAuditRow(actor.requestId, fields.seq);
  await tx.auditEntry.create({ data: { ...fields, prevHash, hash: auditHash(prevHash, fields) } });
  return fields.seq;
}
