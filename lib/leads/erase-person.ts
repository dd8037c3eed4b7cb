import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db, type Tx } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { eraseFromLists } from "@/lib/leads/import/erase-from-lists";
import { nameKey } from "@/lib/leads/keys";
import { newLinkToken } from "@/lib/leads/lead-book";
import { mayName, names, type Identity } from "@/lib/leads/mentions";
import { lockLeads } from "@/lib/leads/merge-lead";
import type { ErasedDto, erasureSchema } from "@/lib/leads/schema";

/** Takes a dry run back. */
class Undo extends Error {}
const PAGE = 500;

/**
 * Deletes everything about a person: the person, their requests with whatever notice of them is still to be sent, notes and next steps
 * that name them, visits of the links they may have had (which lead on under another address), and their rows in lists. What is left of
 * the lead is the company; a lead that stood for the person alone goes too. The audit log says that, and not whom.
 */
export async function erasePerson(actor: Actor, input: z.output<typeof erasureSchema>): Promise<ErasedDto> {
  requirePermission(actor, "lead.manage", null);
  let erased: ErasedDto | undefined;
  await db().$transaction(async (tx) => {
    await lockLeads(tx);
    erased = await erase(tx, input);
    if (input.dryRun) throw new Undo();
    await writeAudit(tx, actor, { action: "lead.erase-person", subject: { kind: "erasure", id: randomUUID() }, detail: erased });
  }, { timeout: 120_000 }).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
  return erased!;
}

async function erase(tx: Tx, input: { email?: string; person?: string }): Promise<ErasedDto> {
  const people = await tx.leadPerson.findMany({ where: input.person ? { id: input.person } : { email: input.email } });
  if (input.person && people.length === 0) throw notFound("person");
  const emails = [...new Set([...(input.email ? [input.email] : []), ...people.flatMap((p) => p.email ?? [])])];
  // Whoever shares the address is the same person, on whatever lead.
  const same = await tx.leadPerson.findMany({ where: { OR: [{ id: { in: people.map((p) => p.id) } }, { email: { in: emails } }] } });
  const requests = await tx.contactRequest.findMany({ where: { OR: [{ email: { in: emails } }, { personId: { in: same.map((p) => p.id) } }] }, select: { id: true, leadId: true, name: true, email: true, mailedAt: true, hookedAt: true } });
  const who: Identity = {
    names: [...new Set([...same, ...requests].map((p) => p.name))], emails: [...new Set([...emails, ...requests.map((r) => r.email)])], profiles: same.flatMap((p) => p.linkedinUrl ?? []),
  };
  const leadIds = [...new Set([...same, ...requests].map((p) => p.leadId))];
  await tx.contactRequest.deleteMany({ where: { id: { in: requests.map((r) => r.id) } } });
  await tx.leadPerson.deleteMany({ where: { id: { in: same.map((p) => p.id) } } });
  const counts = { people: same.length, contactRequests: requests.length, pendingNotices: requests.filter((r) => !r.mailedAt && !r.hookedAt).length, leads: 0, notes: 0, visitCounts: 0 };
  for (const id of leadIds) await clearLead(tx, id, who, counts);
  counts.notes += await eraseElsewhere(tx, who);
  return { ...counts, ...(await eraseFromLists(tx, who)) };
}

type Counts = { leads: number; notes: number; visitCounts: number };

/** A lead they were part of: gone where it stood for them, else without every trace of them. */
async function clearLead(tx: Tx, id: string, who: Identity, counts: Counts): Promise<void> {
  const lead = await tx.lead.findUniqueOrThrow({ where: { id }, include: { notes: true, visits: true, _count: { select: { people: true, contacts: true } } } });
  counts.visitCounts += lead.visits.length;
  const alone = lead._count.people === 0 && lead._count.contacts === 0;
  const stoodForThem = lead.domain === null && who.names.some((name) => nameKey(name) === lead.nameKey);
  if (stoodForThem && alone) {
    counts.leads++;
    counts.notes += lead.notes.length;
    await tx.lead.delete({ where: { id } });
    return;
  }
  const about = alone ? lead.notes : lead.notes.filter((n) => mayName(n.text, who));
  counts.notes += about.length;
  await tx.leadNote.deleteMany({ where: { id: { in: about.map((n) => n.id) } } });
  await tx.leadVisit.deleteMany({ where: { leadId: id } });
  const stepNames = lead.nextStep !== null && (alone || mayName(lead.nextStep, who));
  await tx.lead.update({ where: { id }, data: { linkToken: newLinkToken(), version: { increment: 1 }, ...(stepNames ? { nextStep: null, nextStepOn: null } : {}), ...(lead.description && names(lead.description, who) ? { description: null } : {}) } });
}

/** Notes and next steps of other leads that certainly name them. Read page by page: only full names and addresses tell, which no index holds. */
async function eraseElsewhere(tx: Tx, who: Identity): Promise<number> {
  let deleted = 0;
  for (let after: string | undefined; ; ) {
    const notes = await tx.leadNote.findMany({ where: { id: { gt: after } }, orderBy: { id: "asc" }, take: PAGE, select: { id: true, text: true } });
    deleted += (await tx.leadNote.deleteMany({ where: { id: { in: notes.filter((n) => names(n.text, who)).map((n) => n.id) } } })).count;
    if (notes.length < PAGE) break;
    after = notes.at(-1)!.id;
  }
  const steps = await tx.lead.findMany({ where: { nextStep: { not: null } }, select: { id: true, nextStep: true } });
  await tx.lead.updateMany({ where: { id: { in: steps.filter((s) => names(s.nextStep!, who)).map((s) => s.id) } }, data: { nextStep: null, nextStepOn: null, version: { increment: 1 } } });
  return deleted;
}
