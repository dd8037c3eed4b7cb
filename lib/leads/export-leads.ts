import { Readable } from "node:stream";
import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { csvLine } from "@/lib/leads/csv-line";
import { leadsWhere } from "@/lib/leads/lead-query";
import { dayOf } from "@/lib/leads/present-lead";
import type { leadExportQuery } from "@/lib/leads/schema";
import { visitsOf } from "@/lib/leads/visits-of";

const PAGE = 500;
const COLUMNS = ["company", "website", "stage", "score", "source", "next step", "next step on", "location", "industries", "employees from", "employees to", "funding USD", "last funding on", "visits", "created", "person", "e-mail", "title", "profile", "notes"];

/** Every lead the filters mean, as a file: CSV with a row a person (one for a company without), or JSON with people, requests and notes inside. */
export async function exportLeads(actor: Actor, query: z.output<typeof leadExportQuery>, now: Date): Promise<Response> {
  requirePermission(actor, "lead.manage", null);
  const where = leadsWhere(query, now);
  await db().$transaction((tx) => writeAudit(tx, actor, { action: "lead.export", subject: { kind: "lead", id: "list" }, detail: { format: query.format } }));
  const text = query.format === "csv" ? csvOf(where) : jsonOf(where);
  const name = `leads-${now.toISOString().slice(0, 10)}.${query.format}`;
  return new Response(Readable.toWeb(Readable.from(bytesOf(text))) as ReadableStream, {
    headers: { "content-type": query.format === "csv" ? "text/csv; charset=utf-8" : "application/json", "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
  });
}

async function* bytesOf(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const part of text) yield Buffer.from(part);
}

type Where = ReturnType<typeof leadsWhere>;
type Exported = Awaited<ReturnType<typeof readPage>>[number];

const readPage = (where: Where, after: string | undefined) => db().lead.findMany({
  where: { AND: [where, after ? { id: { gt: after } } : {}] }, orderBy: { id: "asc" }, take: PAGE,
  include: { people: { orderBy: { createdAt: "asc" } }, notes: { orderBy: { createdAt: "asc" } }, contacts: { orderBy: { at: "asc" } } },
});

async function* pages(where: Where): AsyncGenerator<{ leads: Exported[]; visits: Awaited<ReturnType<typeof visitsOf>> }> {
  for (let after: string | undefined; ; ) {
    const leads = await readPage(where, after);
    yield { leads, visits: await visitsOf(leads.map((l) => l.id)) };
    if (leads.length < PAGE) return;
    after = leads.at(-1)!.id;
  }
}

async function* csvOf(where: Where): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  for await (const { leads, visits } of pages(where)) {
    for (const l of leads) {
      const company = [l.name, l.domain, l.stage, l.score, l.source, l.nextStep, dayOf(l.nextStepOn), l.location, l.industries, l.employeesMin, l.employeesMax, l.fundingUsd?.toNumber() ?? null, dayOf(l.lastFundingOn), visits(l.id).count, l.createdAt.toISOString()];
      const notes = l.notes.map((n) => n.text).join("\n\n");
      for (const p of l.people.length > 0 ? l.people : [null]) yield csvLine([...company, p?.name, p?.email, p?.title, p?.linkedinUrl, notes]);
    }
  }
}

async function* jsonOf(where: Where): AsyncGenerator<string> {
  let first = true;
  yield "[";
  for await (const { leads, visits } of pages(where)) {
    for (const l of leads) {
      yield (first ? "\n" : ",\n") + JSON.stringify({
        id: l.id, name: l.name, domain: l.domain, stage: l.stage, score: l.score, source: l.source, nextStep: l.nextStep, nextStepOn: dayOf(l.nextStepOn), description: l.description, industries: l.industries, technologies: l.technologies,
        location: l.location, linkedinUrl: l.linkedinUrl, foundedYear: l.foundedYear, employeesMin: l.employeesMin, employeesMax: l.employeesMax, fundingUsd: l.fundingUsd?.toNumber() ?? null, lastFundingOn: dayOf(l.lastFundingOn), lastFundingType: l.lastFundingType,
        visits: visits(l.id).count, createdAt: l.createdAt,
        people: l.people.map((p) => ({ name: p.name, email: p.email, title: p.title, linkedinUrl: p.linkedinUrl, location: p.location })),
        contacts: l.contacts.map((c) => ({ at: c.at, name: c.name, email: c.email, company: c.company, message: c.message, consent: c.consent, origin: c.origin })),
        notes: l.notes.map((n) => ({ at: n.createdAt, author: n.author, text: n.text })),
      });
      first = false;
    }
  }
  yield "\n]\n";
}
