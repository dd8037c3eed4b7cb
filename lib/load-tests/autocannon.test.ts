import autocannon from "autocannon";
import { afterEach, expect, it } from "vitest";
import { proofCount, reportProof } from "@/e2e/report-proof";
import { driveStep } from "@/lib/load-tests/drive-step";
import { summariseStep } from "@/lib/load-tests/summarise-step";
import { buildMatMulModel } from "@/lib/samples/build-onnx";
import { startReady, stopServers } from "@/services/model-server/__fixtures__/start-server";

// Slipway's sender beside an independent one (autocannon), in turns against the same model server. In CI one short round: every request of both is
// accounted for by the server itself. `npm run prove -- --only load-test` runs the rounds that are meant for comparing times.
const PROVING = process.env.PROVE_LOAD_ROUNDS !== undefined;
const ROUNDS = proofCount("PROVE_LOAD_ROUNDS", 1);
const SECONDS = PROVING ? 5 : 1;
const CALLERS = PROVING ? [1, 4, 16] : [2];
/** How far the medians of the rounds may lie apart. */
const TOLERANCE = 0.15;

const SIZE = 256;
const body = JSON.stringify({ inputs: [{ name: "input", datatype: "FP32", shape: [1, SIZE], data: Array.from({ length: SIZE }, (_, i) => Math.sin(i)) }] });
const headers = { "content-type": "application/json" };
type Figures = { throughput: number; p50: number; p99: number };
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const mediansOf = (all: Figures[]): Figures => ({ throughput: median(all.map((f) => f.throughput)), p50: median(all.map((f) => f.p50)), p99: median(all.map((f) => f.p99)) });

afterEach(stopServers);

it("agrees with autocannon on what the same model server bears, and neither loses a request", async () => {
  const server = await startReady(Buffer.from(buildMatMulModel({ size: SIZE, repeats: PROVING ? 150 : 4 })));
  const url = `${server.url}/v2/models/m/infer`;
  let sent = 0;
  const slipway = async (callers: number): Promise<Figures> => {
    const tally = await driveStep({ loop: "closed", load: callers, seconds: SECONDS, url, headers, body: new TextEncoder().encode(body), local: true }, { signal: new AbortController().signal });
    const s = summariseStep(callers, new Date(), tally, { replicas: 1, pricePerHour: null });
    expect([s.failed, s.answered]).toEqual([0, s.sent]);
    sent += s.sent;
    return { throughput: s.throughput, p50: s.p50Ms!, p99: s.p99Ms! };
  };
  const other = async (callers: number): Promise<Figures> => {
    // As it timed each answer: its own histogram keeps whole milliseconds, rounded down.
    const times: number[] = [];
    const r = await new Promise<autocannon.Result>((done, fail) => {
      const running = autocannon({ url, method: "POST", headers, body, connections: callers, duration: SECONDS }, (error: unknown, result) => (error ? fail(error as Error) : done(result)));
      running.on("response", (_client, _status, _bytes, ms) => times.push(ms));
    });
    const sorted = times.toSorted((x, y) => x - y);
    const at = (q: number) => sorted[Math.ceil(q * sorted.length) - 1]!;
    expect([r.errors, r.timeouts, r.non2xx]).toEqual([0, 0, 0]);
    sent += r.requests.sent;
    return { throughput: r["2xx"] / r.duration, p50: at(0.5), p99: at(0.99) };
  };
  await slipway(CALLERS[0]!);
  for (const callers of CALLERS) {
    const [ours, theirs]: [Figures[], Figures[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      // In turns, and each first in every other round: what the machine does meanwhile meets both.
      for (const first of round % 2 === 0 ? [true, false] : [false, true]) (first ? ours : theirs).push(await (first ? slipway : other)(callers));
    }
    const [a, b] = [mediansOf(ours), mediansOf(theirs)];
    reportProof(`${callers} callers, ${ROUNDS} rounds of ${SECONDS} s: ${a.throughput.toFixed(0)}/s, p50 ${a.p50.toFixed(1)} ms, p99 ${a.p99.toFixed(1)} ms; autocannon ${b.throughput.toFixed(0)}/s, ${b.p50.toFixed(1)} ms, ${b.p99.toFixed(1)} ms`);
    if (!PROVING) continue;
    expect(Math.abs(a.throughput - b.throughput) / b.throughput, `throughput with ${callers} callers`).toBeLessThan(TOLERANCE);
    expect(Math.abs(a.p50 - b.p50) / b.p50, `p50 with ${callers} callers`).toBeLessThan(TOLERANCE);
  }
  // Those of autocannon's last moment are cut off by it, and may or may not have been counted.
  const counted = (await (await fetch(`${server.url}/internal/sample`)).json()) as { requestsByCode: Record<string, number> };
  const served = Object.values(counted.requestsByCode).reduce((sum, n) => sum + n, 0);
  expect(served).toBeGreaterThanOrEqual(sent - CALLERS.length * ROUNDS * Math.max(...CALLERS));
  expect(served).toBeLessThanOrEqual(sent);
});
