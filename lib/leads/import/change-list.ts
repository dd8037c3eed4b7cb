import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db, type Tx } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { presentList } from "@/lib/leads/import/present-list";
import { previewList } from "@/lib/leads/import/preview-list";
import { type checkListSchema, type LeadListDto, NO_COUNTS } from "@/lib/leads/import/schema";

const CLEAN = { rowsDone: 0, attempts: 0, counts: NO_COUNTS, fault: null, claimedBy: null, claimedUntil: null } as const;

/** Says what the columns are and has a worker count what taking the list over would do. Changes nothing of the leads. */
export async function checkList(actor: Actor, id: string, input: z.output<typeof checkListSchema>): Promise<LeadListDto> {
  const { headers } = await previewList(actor, id, input);
  const beyond = Object.keys(input.mapping).find((column) => Number(column) >= headers.length);
  if (beyond !== undefined) throw new AppError("invalid_request", `There is no column ${beyond}: the list has ${headers.length}, counted from 0.`, { fields: [{ path: "mapping", message: "names a column that is not there" }] });
  return change(actor, id, ["uploaded", "checked"], "lead.list-check", (tx) => tx.leadImport.update({ where: { id }, data: { ...input, headers, ...CLEAN, rows: null, state: "checking" } }));
}

/** Has a worker take the checked list over. */
export async function startList(actor: Actor, id: string): Promise<LeadListDto> {
  return change(actor, id, ["checked"], "lead.list-import", (tx) => tx.leadImport.update({ where: { id }, data: { ...CLEAN, state: "importing" } }));
}

/** Deletes a list's file and refused rows. Throws conflict where leads or people came by it: it says where they are from. */
export async function deleteList(actor: Actor, id: string): Promise<void> {
  requirePermission(actor, "lead.manage", null);
  await db().$transaction(async (tx) => {
    const list = await tx.leadImport.findUnique({ where: { id }, select: { _count: { select: { leads: true, people: true } } } });
    if (!list) throw notFound("list");
    if (list._count.leads + list._count.people > 0) throw new AppError("conflict", "Leads came by this list, and it says where they are from. It stays as long as they do.");
    await tx.leadImport.delete({ where: { id } });
    await writeAudit(tx, actor, { action: "lead.list-delete", subject: { kind: "lead-list", id } });
  });
}

async function change(actor: Actor, id: string, from: LeadListDto["state"][], action: string, update: (tx: Tx) => Promise<Parameters<typeof presentList>[0]>): Promise<LeadListDto> {
  requirePermission(actor, "lead.manage", null);
  return db().$transaction(async (tx) => {
    const [held] = await tx.$queryRaw<{ state: LeadListDto["state"] }[]>`SELECT state FROM "LeadImport" WHERE id = ${id}::uuid FOR UPDATE`;
    if (!held) throw notFound("list");
    if (!from.includes(held.state)) throw new AppError("conflict", `This list is ${held.state}; that is done with one that is ${from.join(" or ")}.`);
    await tx.leadImportFault.deleteMany({ where: { importId: id } });
    const row = await update(tx);
    await tx.$executeRaw`SELECT pg_notify('slipway_lead_lists', ${id})`;
    await writeAudit(tx, actor, { action, subject: { kind: "lead-list", id } });
    return presentList(row);
  });
}
