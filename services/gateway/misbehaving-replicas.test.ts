import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { expect, test } from "vitest";
import { seededRandom } from "@/e2e/process/seeded-random";
import { proofCount, reportProof } from "@/e2e/report-proof";
import { callAs, type Seen } from "./__fixtures__/byte-caller";
import { moment } from "./__fixtures__/drawn-request";
import { MisbehavingReplica } from "./__fixtures__/misbehaving-replica";
import { continueInTurn } from "./continue-in-turn";
import { serve } from "./serve";

const REQUESTS_PER_ROUND = 60;
const CALLERS = 20;
/** Each round has a seed of its own, so that a round that fails can be run alone. */
const FIRST_SEED = proofCount("PROVE_GATEWAY_SEED", 1);
const ROUNDS = Math.ceil(proofCount("PROVE_GATEWAY", 180) / REQUESTS_PER_ROUND);
const DEADLINE_MS = 30_000;

/** What a client holds of its connections. */
type Inside = { open: Set<{ socket: Socket }>; idle: { socket: Socket }[] };

/** Callers before a gateway before three replicas, until every caller has what he gets. */
async function round(seed: number, foul: boolean): Promise<{ faults: string[]; seen: Seen }> {
  const random = seededRandom(seed);
  const faults: string[] = [];
  const tries = new Map<number, number>();
  const replicas = await Promise.all([1, 2, 3].map((n) => new MisbehavingReplica(seed, foul, tries, n).start()));
  const deployment = { spec: { public: false, ref: null }, starting: false, startsOnDemand: false, pools: new Map([[1, { weight: 100, replicas }]]), counters: { count() {} }, noteDemand() {} };
  // As the cache of tokens: known at once, or asked for.
  const authorize = () => (random.next() < 0.8 ? { ok: true as const } : moment(random).then(() => ({ ok: true as const })));
  let serving = 0;
  const server = continueInTurn(createServer({ noDelay: true, requestTimeout: 0 }, (req, res) => {
    serving++;
    void serve(req, res, { find: () => deployment as never, authorize, accessToken: "x", hosts: null, warmUntil: 0, coldStartHoldMs: 0 })
      .catch((error: unknown) => faults.push(`serve rejected: ${String(error)}`)).finally(() => { serving--; });
  }));
  await new Promise<void>((r) => server.listen(0, "127.0.0.1", r));
  const onWarning = (warning: Error) => faults.push(`${warning.name}: ${warning.message}`);
  process.on("warning", onWarning);
  try {
    const killing = foul ? setInterval(() => random.pick(replicas).dropAll(), 25) : undefined;
    const draining = foul ? setInterval(() => { const r = random.pick(replicas); r.state = r.state === "ready" ? "draining" : "ready"; }, 10) : undefined;
    const { port } = server.address() as AddressInfo;
    const calls = Array.from({ length: CALLERS }, (_, caller) => {
      const each = REQUESTS_PER_ROUND / CALLERS;
      return callAs(port, seed, Array.from({ length: each }, (_id, i) => caller * each + i), seededRandom(seed * 17 + caller), (words) => faults.push(words));
    });
    let waiting = calls.length;
    const seen: Seen = [];
    await Promise.race([Promise.all(calls.map(async (call) => {
      const result = await call;
      waiting--;
      seen.push(...result.seen);
      if (!foul && !result.left && !result.closed) for (const { id, outcome } of result.seen) if (outcome !== "answer") faults.push(`request ${id} got a ${outcome}, though nothing was wrong`);
    })), overdue()]);
    clearInterval(killing);
    clearInterval(draining);
    if (waiting > 0) faults.push(`${waiting} callers wait for ever`);
    // What a caller who left had asked for is given up in the turns after.
    const inside = replicas.map((r) => r.connections as unknown as Inside);
    const settled = () => serving === 0 && replicas.every((r) => r.outstanding === 0) && inside.every(({ open, idle }) => open.size === idle.length);
    for (const until = Date.now() + DEADLINE_MS; !settled() && Date.now() < until;) await new Promise((r) => setTimeout(r, 2));
    if (!settled()) faults.push(`left: ${serving} requests, ${replicas.map((r) => r.outstanding).join("+")} held, ${inside.map(({ open, idle }) => open.size - idle.length).join("+")} connections`);
    for (const { socket } of inside.flatMap(({ idle }) => idle)) {
      if (socket.listenerCount("drain") > 0) faults.push("a kept connection has listeners of a request that is over");
    }
    for (const replica of replicas) {
      faults.push(...replica.faults);
      replica.connections.destroy();
    }
    for (const until = Date.now() + DEADLINE_MS; inside.some(({ open }) => open.size > 0) && Date.now() < until;) await new Promise(setImmediate);
    if (inside.some(({ open, idle }) => open.size + idle.length > 0)) faults.push("a connection is left after the replica ended");
    return { faults, seen };
  } finally {
    process.off("warning", onWarning);
    server.close();
    server.closeAllConnections();
    for (const replica of replicas) replica.stop();
  }
}

function overdue(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, DEADLINE_MS).unref());
}

test.each([
  ["each caller who stays gets the whole answer of his own, from replicas that are slow, answer early and close as they said", false],
  ["a caller gets the whole answer of his own, a problem or a cut connection from replicas that die and answer nonsense, and nothing is left", true],
])("%s", async (_what, foul) => {
  const all: Seen = [];
  for (let seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
    const { faults, seen } = await round(seed, foul);
    expect(faults, `seed ${seed}`).toEqual([]);
    all.push(...seen);
  }
  const count = (outcome: string) => all.filter((s) => s.outcome === outcome).length;
  expect(count("answer")).toBeGreaterThan(0);
  if (foul) expect(count("problem")).toBeGreaterThan(0);
  reportProof(`${all.length} requests to ${foul ? "foul" : "fair"} replicas: ${count("answer")} answers, ${count("problem")} problems, ${count("cut")} cut; seeds ${FIRST_SEED} to ${FIRST_SEED + ROUNDS - 1}`);
});
