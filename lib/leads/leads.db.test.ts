import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { verifyChain } from "@/lib/audit/verify-chain";
import { systemActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { addNote } from "@/lib/leads/change-notes";
import { countStages } from "@/lib/leads/count-stages";
import { createLead } from "@/lib/leads/create-lead";
import { erasePerson } from "@/lib/leads/erase-person";
import { exportLeads } from "@/lib/leads/export-leads";
import { followLink } from "@/lib/leads/follow-link";
import { getLead } from "@/lib/leads/get-lead";
import { listLeads } from "@/lib/leads/list-leads";
import { rescoreLeads } from "@/lib/leads/rescore-leads";
import { createLeadSchema, leadExportQuery, leadQuery, updateLeadSchema } from "@/lib/leads/schema";
import { updateLead } from "@/lib/leads/update-lead";
import { sendContactNotices } from "@/lib/notices/send-contact-notices";

const owner = systemActor("test");
const NOW = new Date("2026-11-27T10:00:00Z");
const BROWSER = new Headers({ "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/156" });
useTestDatabase();

const make = async (input: object) => (await createLead(owner, createLeadSchema.parse(input), NOW)).id;
const change = (id: string, input: object, ifMatch: string | null = null) => updateLead(owner, id, ifMatch, updateLeadSchema.parse(input), NOW);
const query = (q: object) => leadQuery.parse(q);
const everything = async () => JSON.stringify([await db().lead.findMany(), await db().leadPerson.findMany(), await db().leadNote.findMany(), await db().contactRequest.findMany(), await db().leadVisit.findMany(), await db().auditEntry.findMany(), await db().leadImportFault.findMany()], (_, v: unknown) => (typeof v === "bigint" ? String(v) : v));

describe("the lead pipeline", () => {
  it("makes a company once, by domain or by name, and adds to it what is new", async () => {
    const first = await createLead(owner, createLeadSchema.parse({ name: "Écla, Inc.", person: { name: "Ada Byron", email: "ada@gmail.com" } }), NOW);
    const again = await createLead(owner, createLeadSchema.parse({ name: "ecla", website: "https://www.ecla.example/about", person: { name: "Charles Babbage", email: "charles@ecla.example" } }), NOW);
    expect([first.created, again]).toEqual([true, { id: first.id, created: false }]);
    const { lead } = await getLead(owner, first.id, NOW);
    expect([lead.domain, lead.people.map((p) => p.email), lead.history.map((h) => h.action)]).toEqual(["ecla.example", ["ada@gmail.com", "charles@ecla.example"], ["lead.merge", "lead.create"]]);
  });

  it("scores by rules that can be seen, says what is unknown, and again when a person knows better or a month is over", async () => {
    const id = await make({ name: "Vision Machines", website: "vision.ai" });
    expect((await getLead(owner, id, NOW)).lead).toMatchObject({ score: 10, usesGpus: null });
    const { lead } = await change(id, { usesGpus: true, employeesMin: 11, employeesMax: 50, foundedYear: 2022, fundingUsd: 12_000_000, lastFundingOn: "2026-01-10" });
    expect(lead.score).toBe(10 + 25 + 20 + 5 + 15 + 10);
    expect(lead.workings.reduce((sum, w) => sum + w.points, 0)).toBe(lead.score);
    const later = new Date("2028-01-01T00:00:00Z");
    await rescoreLeads(later);
    expect((await db().lead.findUniqueOrThrow({ where: { id } })).score).toBe(75);
    expect(await rescoreLeads(later)).toBe(0);
  });

  it("moves between stages under If-Match, and the log says from where to where, not what was written", async () => {
    const id = await make({ name: "Moved" });
    const { etag } = await getLead(owner, id, NOW);
    const { lead } = await change(id, { stage: "contacted", nextStep: "Call them", nextStepOn: "2026-11-26" }, etag);
    expect(lead).toMatchObject({ stage: "contacted", nextStepOn: "2026-11-26", history: [{ action: "lead.move", detail: { from: "new", to: "contacted", fields: ["nextStep", "nextStepOn"] } }, { action: "lead.create" }] });
    await expect(change(id, { stage: "won" }, etag)).rejects.toMatchObject({ code: "precondition_failed" } satisfies Partial<AppError>);
    await expect(change(id, { website: "vision.ai" })).rejects.toMatchObject({ code: "already_exists" });
    expect((await listLeads(owner, query({ due: "today" }), NOW)).items.map((l) => l.name)).toEqual(["Moved"]);
    expect((await countStages(owner, {}, NOW)).items.find((s) => s.stage === "contacted")).toEqual({ stage: "contacted", count: 1 });
  });

  it.each(["-score", "score", "name", "-name", "next", "-next", "created", "-created"] as const)("pages by %s show every lead once, in order", async (sort) => {
    for (let n = await db().lead.count(); n < 9; n++) await change(await make({ name: `Filler ${n}` }), n % 2 ? { nextStep: "Write", nextStepOn: `2026-12-0${n}` } : { usesGpus: n % 4 === 0 });
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const got = await listLeads(owner, query({ sort, limit: "2", cursor }), NOW);
      seen.push(...got.items.map((l) => l.id));
      if (!got.nextCursor) break;
      cursor = got.nextCursor;
    }
    const whole = await listLeads(owner, query({ sort }), NOW);
    expect(seen).toEqual(whole.items.map((l) => l.id));
    expect(new Set(seen).size).toBe(await db().lead.count());
  });

  it("a tracked link leads to its page, counts people and not programs, and an unknown one leads home", async () => {
    const id = await make({ name: "Linked" });
    await change(id, { linkPath: "/calculator?utm_campaign=autumn" });
    const { linkToken } = await db().lead.findUniqueOrThrow({ where: { id } });
    const at = await Promise.all([BROWSER, BROWSER, new Headers({ "user-agent": "Slackbot-LinkExpanding 1.0" }), new Headers(), new Headers({ "user-agent": "Mozilla/5.0", "sec-purpose": "prefetch" })].map((h) => followLink(linkToken, h, NOW)));
    expect(at).toEqual(Array(5).fill("/calculator?utm_campaign=autumn"));
    expect((await getLead(owner, id, NOW)).lead.visitDays).toEqual([{ day: "2026-11-27", count: 2 }]);
    expect([await followLink("AAAAAAAA", BROWSER, NOW), await followLink("../../app", BROWSER, NOW)]).toEqual(["/", "/"]);
    for (const linkPath of ["//evil.example", "/\\evil.example", "https://evil.example"]) expect(updateLeadSchema.safeParse({ linkPath }).success).toBe(false);
  });

  it("exports a row a person, without letting a cell be a formula", async () => {
    const id = await make({ name: '=HYPERLINK("x")', person: { name: "Quote, \"Q\"", email: "q@formula.example" } });
    await addNote(owner, id, "first\nsecond");
    const csv = await (await exportLeads(owner, leadExportQuery.parse({ search: "formula.example" }), NOW)).text();
    expect(csv.split("\r\n")[1]).toMatch(/^"'=HYPERLINK\(""x""\)",formula\.example,new,.*"Quote, ""Q""",q@formula\.example,,,"first\nsecond"$/s);
    const json = JSON.parse(await (await exportLeads(owner, leadExportQuery.parse({ format: "json" }), NOW)).text()) as unknown[];
    expect(json).toHaveLength(await db().lead.count());
  });
});

describe("somebody who asks to be deleted", () => {
  const request = (leadId: string, personId: string | null, name: string, email: string) => db().contactRequest.create({ data: { leadId, personId, formKey: `${email}-${Math.random()}`, name, email, message: "Hello", consent: "yes", origin: {}, at: NOW, nextAttemptAt: NOW } });

  it("is gone from people, requests, notices, notes, steps, visits and lists, and the log does not say who it was", async () => {
    const id = await make({ name: "Admiralty", website: "admiralty.example", person: { name: "Grace Hopper", email: "grace@admiralty.example" } });
    await make({ name: "Admiralty", website: "admiralty.example", person: { name: "Alan Other", email: "alan@admiralty.example" } });
    const other = await make({ name: "Elsewhere" });
    const alone = await make({ name: "Grace Hopper" });
    const person = await db().leadPerson.findFirstOrThrow({ where: { email: "grace@admiralty.example" } });
    await request(id, person.id, "Grace Hopper", "grace@admiralty.example");
    await request(alone, null, "Grace Hopper", "grace@admiralty.example");
    await addNote(owner, id, "Hopper wants a price for the L4");
    await addNote(owner, id, "Alan decides");
    await addNote(owner, other, "Knows GRACE HOPPER from the navy");
    await change(id, { nextStep: "Ring grace" });
    const { linkToken } = await db().lead.findUniqueOrThrow({ where: { id } });
    await followLink(linkToken, BROWSER, NOW);
    const list = await db().leadImport.create({ data: { filename: "l.csv", bytes: 9, encoding: "utf-8", delimiter: ",", headers: [], counts: {}, createdById: "x", createdBy: "x", faults: { create: { line: 4, reason: "no company", cells: ["", "Grace Hopper"] } }, chunks: { create: [{ n: 0, bytes: Buffer.from("a,grace@admir") }, { n: 1, bytes: Buffer.from("alty.example") }] } } });

    const counted = await erasePerson(owner, { email: "grace@admiralty.example", dryRun: true });
    expect(await db().leadPerson.count({ where: { id: person.id } })).toBe(1);
    const erased = await erasePerson(owner, { email: "grace@admiralty.example", dryRun: false });
    expect(erased).toEqual(counted);
    expect(erased).toEqual({ people: 1, contactRequests: 2, pendingNotices: 2, leads: 1, notes: 2, visitCounts: 1, listRows: 1, lists: 1 });
    expect((await everything()).match(/.{0,60}(grace|hopper).{0,20}/gi)).toBeNull();
    expect((await getLead(owner, id, NOW)).lead).toMatchObject({ name: "Admiralty", nextStep: null, notes: [{ text: "Alan decides" }], people: [{ name: "Alan Other" }] });
    expect(await followLink(linkToken, BROWSER, NOW)).toBe("/");
    expect(await db().leadImport.findUniqueOrThrow({ where: { id: list.id } })).toMatchObject({ state: "failed", fault: expect.stringMatching(/upload it again/) });
    const told: string[] = [];
    await sendContactNotices(NOW, { warn: () => undefined }, { mail: null, hook: async (r) => void told.push(r.email) });
    expect(told).toEqual([]);
    expect(await verifyChain(db())).toMatchObject({ ok: true });
  });

  it("by their entry alone, where no address is known: their namesakes elsewhere stay", async () => {
    const [here, there] = [await make({ name: "Here Ltd", person: { name: "Jo Lee" } }), await make({ name: "There Ltd", person: { name: "Jo Lee" } })];
    const { people } = (await getLead(owner, here, NOW)).lead;
    expect(await erasePerson(owner, { person: people[0]!.id, dryRun: false })).toMatchObject({ people: 1, leads: 0 });
    expect([(await getLead(owner, here, NOW)).lead.people, (await getLead(owner, there, NOW)).lead.people.length]).toEqual([[], 1]);
    await expect(erasePerson(owner, { person: people[0]!.id, dryRun: true })).rejects.toMatchObject({ code: "not_found" });
  });
});
