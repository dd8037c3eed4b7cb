import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { AlertMessage } from "@/lib/alerts/schema";

const message: AlertMessage = { id: "i", event: "fired", rule: "slow\r\nBcc: everybody@example.com", subject: "iris", project: "p", severity: "critical", text: "p99 is 320 ms in 5m; the limit is 200 ms", at: "2026-11-01T00:00:00.000Z", url: "http://127.0.0.1:3000/app/p/deployments/iris" };
const refused = new Set<string>();
const taken: { to: string[]; text: string }[] = [];
const server = new SMTPServer({
  authOptional: true, disabledCommands: ["STARTTLS"],
  onRcptTo: (address, _session, done) => done(refused.has(address.address) ? new Error("550 no such box") : null),
  onData: (stream, session, done) => {
    let text = "";
    stream.on("data", (d: Buffer) => (text += d.toString())).on("end", () => { taken.push({ to: session.envelope.rcptTo.map((r) => r.address), text }); done(); });
  },
});
const send = async (known?: { by: string[]; add: (hash: string) => Promise<void> }) => {
  // The environment is read once: a module of its own, after it is set.
  const { messageRequest } = await import("@/lib/alerts/send-message");
  return messageRequest({ kind: "email", to: ["ada@example.com", "bo@example.com"] }, message, "id", new Date(), {}, known);
};
beforeAll(() => new Promise<void>((done) => void server.listen(0, "127.0.0.1", () => done())));
afterAll(() => new Promise<void>((done) => server.close(() => done())));

it("without a mail server a mail is not sent, and says what is missing", async () => {
  vi.stubEnv("SMTP_URL", undefined);
  await expect(send()).rejects.toThrow(/SMTP_URL/);
});

it("each address gets a mail of its own, with the title, the words and the link, and no header that a name brings along", async () => {
  vi.stubEnv("SMTP_URL", `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`);
  vi.resetModules();
  await send();
  expect(taken.map((t) => t.to)).toEqual([["ada@example.com"], ["bo@example.com"]]);
  const [head, body] = [taken[0]!.text.slice(0, taken[0]!.text.indexOf("\r\n\r\n")), taken[0]!.text.slice(taken[0]!.text.indexOf("\r\n\r\n"))];
  expect(head).toMatch(/^Subject: CRITICAL: slow/m);
  expect(head).not.toMatch(/^Bcc:/m);
  expect(body).toContain("p99 is 320 ms in 5m; the limit is 200 ms");
  expect(body).toContain(message.url);
});

it("an address that is refused keeps no other, and the next attempt goes to it alone", async () => {
  taken.length = 0;
  refused.add("ada@example.com");
  const by: string[] = [];
  const known = { by, add: async (hash: string) => void by.push(hash) };
  await expect(send(known)).rejects.toThrow(/1 of 2 addresses; the others have it/);
  expect(taken.map((t) => t.to)).toEqual([["bo@example.com"]]);
  expect(by.join()).not.toContain("bo@example.com");
  refused.clear();
  await send(known);
  expect(taken.map((t) => t.to)).toEqual([["bo@example.com"], ["ada@example.com"]]);
});
