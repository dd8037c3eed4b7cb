import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";

/** Writes a note to a lead. Its text is kept nowhere else, so that it can be deleted. */
export async function addNote(actor: Actor, leadId: string, text: string): Promise<{ id: string; createdAt: string }> {
  requirePermission(actor, "lead.manage", null);
  return db().$transaction(async (tx) => {
    if (!(await tx.lead.findUnique({ where: { id: leadId }, select: { id: true } }))) throw notFound("lead");
    const note = await tx.leadNote.create({ data: { leadId, text, author: actor.label }, select: { id: true, createdAt: true } });
    await writeAudit(tx, actor, { action: "lead.note", subject: { kind: "lead", id: leadId } });
    return { id: note.id, createdAt: note.createdAt.toISOString() };
  });
}

export async function deleteNote(actor: Actor, leadId: string, noteId: string): Promise<void> {
  requirePermission(actor, "lead.manage", null);
  await db().$transaction(async (tx) => {
    if ((await tx.leadNote.deleteMany({ where: { id: noteId, leadId } })).count === 0) throw notFound("note");
    await writeAudit(tx, actor, { action: "lead.note-delete", subject: { kind: "lead", id: leadId } });
  });
}
