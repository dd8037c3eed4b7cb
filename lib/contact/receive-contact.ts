import { writeAudit } from "@/lib/audit/write-audit";
import { ANONYMOUS } from "@/lib/auth/actor";
import { CONSENT, ORIGIN_FIELDS, type ContactForm } from "@/lib/contact/schema";
import { db } from "@/lib/db/client";
import { domainOfEmail } from "@/lib/leads/keys";
import { lockLeads, mergeLead } from "@/lib/leads/merge-lead";

/** Keeps a request and makes the lead of it, in one transaction, before anybody is told. The same form sent again changes nothing. */
export async function receiveContact(form: ContactForm, requestId: string, now: Date): Promise<{ id: string; created: boolean }> {
  return db().$transaction(async (tx) => {
    await lockLeads(tx);
    const before = await tx.contactRequest.findUnique({ where: { formKey: form.formKey }, select: { id: true } });
    if (before) return { id: before.id, created: false };
    const domain = domainOfEmail(form.email);
    const { lead, person } = await mergeLead(tx, { name: form.company ?? domain ?? form.name, domain }, { name: form.name, email: form.email }, "contact-form", now);
    const origin = Object.fromEntries(ORIGIN_FIELDS.flatMap((f) => (form[f] ? [[f, form[f]]] : [])));
    const made = await tx.contactRequest.create({
      data: { leadId: lead.id, personId: person?.id, formKey: form.formKey, name: form.name, email: form.email, company: form.company, message: form.message, consent: CONSENT, origin, at: now, nextAttemptAt: now },
      select: { id: true },
    });
    // Nothing personal: an entry of the audit log can never be taken out again.
    await writeAudit(tx, { ...ANONYMOUS, requestId }, { action: "lead.contact", subject: { kind: "lead", id: lead.id } });
    return { id: made.id, created: true };
  });
}
