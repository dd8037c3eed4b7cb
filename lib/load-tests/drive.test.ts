import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { driveClosed, driveOpen } from "@/lib/load-tests/drive";
import { driveStep } from "@/lib/load-tests/drive-step";
import { LOAD_TEST_LIMITS } from "@/lib/load-tests/limits";

const never = new AbortController().signal;

it("an open loop sends by the clock while nothing is answered, and counts latency from when each was meant to be sent", async () => {
  const waiting: (() => void)[] = [];
  const driving = driveOpen(100, () => new Promise((done) => waiting.push(() => done(null))), { seconds: 0.3, signal: never });
  let over = false;
  setTimeout(() => (over = true), 400);
  while (!over) await new Promise((turn) => setImmediate(turn));
  // A server that stalls: what came first has waited for as long as the last took to come, and the figures say so.
  waiting.forEach((answer) => answer());
  const tally = await driving;
  expect(tally.sent + (tally.errorsByCause.not_sent ?? 0)).toBe(30);
  expect(tally.sent).toBeGreaterThan(1);
  const [first, last] = [tally.latenciesMs[0]!, tally.latenciesMs.at(-1)!];
  // Due 10 ms apart and answered together.
  expect(first - last).toBeGreaterThan((tally.sent - 1) * 5);
});

it("an open loop that nothing answers keeps to what may be outstanding, and counts the rest as not sent", async () => {
  // A clock that moves by being read, so that every request comes due within the step however busy the machine is; once it stands still, all have.
  let reads = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => ++reads * 0.0003);
  try {
    const waiting: (() => void)[] = [];
    const driving = driveOpen(1_000_000, () => new Promise((done) => waiting.push(() => done(null))), { seconds: 0.002, signal: never });
    for (let before = -1, still = 0; still < 50; ) {
      await new Promise((turn) => setImmediate(turn));
      still = reads === before ? still + 1 : 0;
      before = reads;
    }
    expect(waiting).toHaveLength(LOAD_TEST_LIMITS.outstanding);
    waiting.forEach((answer) => answer());
    const tally = await driving;
    expect([tally.sent, tally.errorsByCause.not_sent]).toEqual([LOAD_TEST_LIMITS.outstanding, 2000 - LOAD_TEST_LIMITS.outstanding]);
  } finally {
    clock.mockRestore();
  }
});

it("a closed loop never has more requests out than callers, and waits after a refusal", async () => {
  let out = 0;
  let most = 0;
  const tally = await driveClosed(3, async () => {
    most = Math.max(most, ++out);
    await new Promise((turn) => setImmediate(turn));
    out--;
    return most % 2 === 0 ? "queue_full" : null;
  }, { seconds: 0.05, signal: never });
  expect(most).toBe(3);
  expect(tally.sent).toBe(tally.latenciesMs.length + (tally.errorsByCause.queue_full ?? 0));
});

let asked: http.IncomingHttpHeaders[] = [];
const server = http.createServer((q, r) => {
  asked.push(q.headers);
  q.resume().on("end", () => {
    if (q.url === "/full") return r.writeHead(503, { "content-type": "application/problem+json" }).end('{"code":"queue_full"}');
    if (q.url === "/broken") return r.writeHead(500).end("<html>");
    if (q.url === "/cut") return r.destroy();
    r.writeHead(200).end("{}");
  });
});
beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => void server.close());

it("tells failures apart by cause, and carries its label", async () => {
  const drive = (path: string) => driveStep({ loop: "open", load: 50, seconds: 0.1, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, headers: { "user-agent": "slipway-load-test/x" }, body: new Uint8Array(3), local: true }, { signal: never });
  // On a machine that is busy a request may be due only when the step is over: it is then counted as not sent, and nothing else.
  const causesOf = async (path: string) => {
    const { sent, errorsByCause: { not_sent = 0, ...others } } = await drive(path);
    expect(sent + not_sent).toBe(5);
    return [sent, others] as const;
  };
  asked = [];
  const [sent] = await causesOf("/ok");
  expect(asked.map((h) => h["user-agent"])).toEqual(Array(sent).fill("slipway-load-test/x"));
  for (const [path, cause] of [["/full", "queue_full"], ["/broken", "http_500"], ["/cut", "connection"]] as const) {
    const [reached, causes] = await causesOf(path);
    expect(causes).toEqual(reached === 0 ? {} : { [cause]: reached });
  }
});
