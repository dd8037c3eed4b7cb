import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { CONTACTS } from "@/lib/contact/limit-contact";
import { originOf } from "@/lib/contact/origin";
import { TRAP } from "@/lib/contact/schema";
import { serveContact } from "@/lib/contact/serve-contact";
import { db } from "@/lib/db/client";
import { SOCKET_ADDRESS_HEADER } from "@/lib/net/client-address";
import { sendContactNotices } from "@/lib/notices/send-contact-notices";

useTestDatabase();

let address = 0;
const OWN = "http://127.0.0.1:3000";
function post(values: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  return serveContact(new Request(`${OWN}/contact/send`, {
    method: "POST", body: new URLSearchParams(values),
    headers: { "content-type": "application/x-www-form-urlencoded", origin: OWN, [SOCKET_ADDRESS_HEADER]: `198.51.100.${++address}`, ...headers },
  }));
}
const form = (more: Record<string, string> = {}) => ({ formKey: randomUUID(), name: "Grace Hopper", email: "Grace@Harbour-Robotics.example", company: "Harbour Robotics, Inc.", message: "We run three OCR models.", consent: "yes", utm_source: "talk", from: "/case-studies", ...more });

describe("the contact form", () => {
  it("without script leads to the thanks page, and keeps message, consent and origin with a lead and its person", async () => {
    const values = form();
    const answer = await post(values);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/contact/thanks"]);
    const kept = await db().contactRequest.findUniqueOrThrow({ where: { formKey: values.formKey }, include: { lead: true, person: true } });
    expect(kept).toMatchObject({ email: "grace@harbour-robotics.example", origin: { utm_source: "talk", from: "/case-studies" }, lead: { name: "Harbour Robotics, Inc.", domain: "harbour-robotics.example", source: "contact-form", stage: "new" }, person: { name: "Grace Hopper" } });
    expect(kept.consent).toMatch(/deleted when I ask/);
  });

  it("is one request however often the same form is sent, also at once", async () => {
    const values = form({ email: "twice@example.org" });
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(values)));
    expect(answers.map((a) => a.status)).toEqual(Array(8).fill(303));
    expect(await db().contactRequest.count({ where: { formKey: values.formKey } })).toBe(1);
    expect(await db().leadPerson.count({ where: { email: "twice@example.org" } })).toBe(1);
  });

  it("says beside each field what is wrong, to a script; to a browser without, as a page that escapes what was sent", async () => {
    const told = await post(form({ email: "nobody", consent: "" }), { accept: "application/json" });
    expect([told.status, ((await told.json()) as { errors: { path: string }[] }).errors.map((e) => e.path)]).toEqual([400, ["email", "consent"]]);
    const page = await post(form({ message: "" }));
    expect([page.status, page.headers.get("content-type")]).toEqual([400, "text/html; charset=utf-8"]);
    expect(await page.text()).toMatch(/Message: Write what it is about/);
  });

  it("keeps nothing of a program that fills in the trap, and tells it the same", async () => {
    const before = await db().contactRequest.count();
    expect((await post(form({ [TRAP]: "1" }))).status).toBe(303);
    expect(await db().contactRequest.count()).toBe(before);
  });

  it.each([{ origin: "https://evil.example" }, { origin: "null" }])("is refused from another site: %o", async (headers) => {
    expect((await post(form(), headers)).status).toBe(403);
  });

  it("takes a bounded number from one address, and nothing too long", async () => {
    const from = { [SOCKET_ADDRESS_HEADER]: "203.0.113.77" };
    for (let i = 0; i < CONTACTS.points; i++) expect((await post(form(), from)).status).toBe(303);
    const refused = await post(form(), from);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await post(form({ message: "x".repeat(40_000) }))).status).toBe(413);
  });

  it("writes nothing personal into the audit log", async () => {
    const rows = await db().auditEntry.findMany({ where: { action: "lead.contact" } });
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows, (_, v: unknown) => (typeof v === "bigint" ? String(v) : v))).not.toMatch(/grace|harbour|example\.org/i);
  });

  it("is told of until mail and webhook took it, each once, with longer waits, and is there all the while", async () => {
    await db().contactRequest.deleteMany();
    await db().user.create({ data: { id: "owner", name: "Olive", email: "olive@example.com", instanceRole: "owner" } });
    const values = form();
    await post(values);
    const log = { warn: () => undefined };
    const [mailed, hooked]: string[][] = [[], []];
    const mail = async (to: string) => void mailed!.push(to);
    const down = async () => { throw new Error("the webhook answered 503"); };
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    expect(await sendContactNotices(at(1), log, { mail, hook: down })).toBe(0);
    expect(await sendContactNotices(at(1.1), log, { mail, hook: down })).toBe(0);
    expect(await db().contactRequest.findUniqueOrThrow({ where: { formKey: values.formKey } })).toMatchObject({ attempts: 1, lastFault: "the webhook answered 503", hookedAt: null });
    const hook = async (r: { id: string }) => void hooked!.push(r.id);
    expect(await sendContactNotices(at(3), log, { mail, hook })).toBe(1);
    expect(await sendContactNotices(at(9), log, { mail, hook })).toBe(0);
    expect([mailed, hooked!.length]).toEqual([["olive@example.com"], 1]);
  });

  it("is told by webhook while the mail server is down", async () => {
    await db().contactRequest.deleteMany();
    const values = form();
    await post(values);
    const hooked: string[] = [];
    const ways = { mail: async () => { throw new Error("no mail server answers"); }, hook: async (r: { id: string }) => void hooked.push(r.id) };
    expect(await sendContactNotices(new Date(Date.now() + 60_000), { warn: () => undefined }, ways)).toBe(0);
    expect(await db().contactRequest.findUniqueOrThrow({ where: { formKey: values.formKey } })).toMatchObject({ mailedAt: null, hookedAt: expect.any(Date), lastFault: "no mail server answers" });
    expect(hooked).toHaveLength(1);
  });
});

it("the origin is utm_* of the address or of our own page before, and of another site its host alone", () => {
  expect(originOf({ utm_source: "talk" }, "https://other.example/secret?token=1", OWN)).toEqual({ utm_source: "talk", from: "other.example" });
  expect(originOf({}, `${OWN}/calculator?utm_campaign=spring&x=1`, OWN)).toEqual({ utm_campaign: "spring", from: "/calculator" });
  expect(originOf({}, null, OWN)).toEqual({});
});
