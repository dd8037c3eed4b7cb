import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startGatewayProcess } from "./__fixtures__/start-gateway-process";
import { newRef, putBlob, revision, spec, startTestGateway, tinyModel, waitFor, type TestGateway } from "./__fixtures__/test-gateway";
import { forward } from "./proxy";
import { ReplicaConnections } from "./replica-connections";

let t: TestGateway;
beforeEach(async () => { t = await startTestGateway(); });
afterEach(() => t.stop());

const MIB = 1024 * 1024;

/** The highest resident memory a process ever had. */
const peakBytes = (pid: number) => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;

test.skipIf(process.platform !== "linux")("a 120 MB body passes to the replica and back without being held by the gateway", async () => {
  const dir = mkdtempSync(path.join(tmpdir(), "slipway-stream-"));
  const { child, target, port } = await startGatewayProcess(dir);
  const ref = newRef();
  await target.apply(spec(ref, [revision(1, [putBlob(dir, tinyModel())])]));
  await waitFor(target, ref, (o) => o.revisions[0]?.ready === 1);
  const echo = (mib: number) => {
    const head = JSON.stringify({ inputs: [{ name: "x", datatype: "FP32", shape: [(mib * MIB) / 4], parameters: { binary_data_size: mib * MIB } }], parameters: { binary_data_output: true } });
    const chunk = Buffer.alloc(MIB, 1);
    return new Promise<{ status: number; bytes: number; intact: boolean }>((resolve, reject) => {
      const req = request(`http://127.0.0.1:${port}/serve/${ref.project}/${ref.deployment}/v2/models/m/infer`, {
        method: "POST", headers: { "content-length": head.length + mib * MIB, "inference-header-content-length": head.length },
      }, (res) => {
        const jsonLength = Number(res.headers["inference-header-content-length"]);
        let seen = 0;
        let intact = true;
        res.on("data", (c: Buffer) => {
          for (let i = 0; i < c.length; i += 4096) if (seen + i >= jsonLength && c[i] !== 1) intact = false;
          seen += c.length;
        });
        res.on("end", () => resolve({ status: res.statusCode ?? 0, bytes: seen - jsonLength, intact }));
        res.on("error", reject);
      });
      req.on("error", reject);
      req.write(head);
      let sent = 0;
      const more = () => {
        while (sent < mib) {
          sent++;
          if (!req.write(chunk)) return void req.once("drain", more);
        }
        req.end();
      };
      more();
    });
  };
  await echo(10);
  const before = peakBytes(child.pid!);
  expect(await echo(120)).toEqual({ status: 200, bytes: 120 * MIB, intact: true });
  expect(peakBytes(child.pid!) - before).toBeLessThan(90 * MIB);
  child.kill("SIGKILL");
  rmSync(dir, { recursive: true, force: true });
}, 120_000);

test("a caller who leaves in the middle of a large body is counted as nobody's fault", async () => {
  const ref = newRef();
  await t.target.apply(spec(ref, [revision(1, [t.put(tinyModel())])]));
  await t.until(ref, (o) => o.revisions[0]?.ready === 1);
  for (let i = 0; i < 5; i++) {
    const leaving = request(`${t.serve(ref)}/v2/models/m/infer`, { method: "POST", headers: { "content-length": 8 * MIB } });
    leaving.on("error", () => undefined);
    await new Promise((sent) => leaving.write(Buffer.alloc(3 * MIB), sent));
    leaving.destroy();
  }
  expect((await t.infer(ref)).status).toBe(200);
  await t.gateway.sampleNow();
  // Revision 0 is the gateway's own: what it had to answer for itself.
  expect(t.batches.flatMap((b) => b.samples).filter((s) => s.revision === 0)).toEqual([]);
}, 120_000);

test("a body that the replica refuses before it has read it gets the replica's own answer", async () => {
  const ref = newRef();
  await t.target.apply(spec(ref, [revision(1, [t.put(tinyModel())])]));
  await t.until(ref, (o) => o.revisions[0]?.ready === 1);
  const chunk = Buffer.alloc(MIB);
  for (let i = 0; i < 3; i++) {
    const answer = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const req = request(`${t.serve(ref)}/v2/models/m/infer`, { method: "POST", headers: { "content-length": 140 * MIB } }, (res) => {
        let text = "";
        res.on("data", (c: Buffer) => { text += c.toString(); });
        res.on("end", () => resolve({ status: res.statusCode, text }));
      });
      req.on("error", reject);
      let sent = 0;
      const more = () => {
        while (sent < 140) {
          sent++;
          if (!req.write(chunk)) return void req.once("drain", more);
        }
        req.end();
      };
      more();
    });
    expect(answer).toEqual({ status: 413, text: expect.stringContaining("larger than the limit") });
  }
}, 120_000);

test("a large body that no replica has begun to read goes to another one, whole", async () => {
  let received = 0;
  const live = createServer((req, res) => { req.on("data", (c: Buffer) => { received += c.length; }).on("end", () => res.end("{}")); });
  await new Promise<void>((r) => live.listen(0, "127.0.0.1", r));
  const gone = createServer();
  await new Promise<void>((r) => gone.listen(0, "127.0.0.1", r));
  const [deadPort, livePort] = [gone, live].map((s) => (s.address() as AddressInfo).port);
  await new Promise((r) => gone.close(r));
  const outcomes: unknown[] = [];
  const front = createServer((req, res) => void (async () => {
    const body = { stream: req, started: false };
    for (const port of [deadPort, livePort]) {
      const outcome = await forward(req, res, "/v2", body, { connections: new ReplicaConnections(port!), acquire: () => () => {} } as never, "x");
      outcomes.push(outcome);
    }
  })());
  await new Promise<void>((r) => front.listen(0, "127.0.0.1", r));
  try {
    const answer = await fetch(`http://127.0.0.1:${(front.address() as AddressInfo).port}/`, { method: "POST", body: Buffer.alloc(8 * MIB, 1) });
    expect([answer.status, received]).toEqual([200, 8 * MIB]);
    expect(outcomes).toEqual([{ kind: "lost", repeatable: true }, { kind: "done", status: 200 }]);
  } finally {
    for (const s of [front, live]) { s.close(); s.closeAllConnections(); }
  }
});

test("a token never reaches a replica, and neither do headers that only the gateway may write", async () => {
  const seen: Record<string, unknown>[] = [];
  const spy = createServer((req, res) => { seen.push(req.headers); res.end("{}"); });
  await new Promise<void>((r) => spy.listen(0, "127.0.0.1", r));
  const front = createServer((req, res) => {
    const replica = { connections: new ReplicaConnections((spy.address() as AddressInfo).port), acquire: () => () => {} };
    void forward(req, res, "/v2", { held: Buffer.alloc(0) }, replica as never, "access-of-gateway");
  });
  await new Promise<void>((r) => front.listen(0, "127.0.0.1", r));
  await fetch(`http://127.0.0.1:${(front.address() as AddressInfo).port}/`, { headers: { authorization: "Bearer slp_secret", cookie: "a=b", "x-forwarded-for": "6.6.6.6", "x-slipway-access": "forged", "x-custom": "kept" } });
  front.close();
  front.closeAllConnections();
  spy.close();
  spy.closeAllConnections();
  expect(seen[0]).toMatchObject({ "x-custom": "kept", "x-forwarded-for": "127.0.0.1", "x-slipway-access": "access-of-gateway" });
  expect(JSON.stringify(seen)).not.toMatch(/slp_secret|6\.6\.6\.6|forged|a=b/);
});

test("without a token nobody learns which deployments exist", async () => {
  const ref = newRef();
  await t.target.apply(spec(ref, [revision(1, [t.put(tinyModel())])], { public: false }));
  await t.until(ref, (o) => o.revisions[0]?.ready === 1);
  const unknown = { ...ref, deployment: "no-such" };
  const answers = await Promise.all([t.infer(ref), t.infer(unknown), t.infer(ref, undefined, { authorization: "Bearer bad" }), t.infer(unknown, undefined, { authorization: "Bearer bad" })]);
  expect(answers.map((a) => a.status)).toEqual([401, 401, 401, 401]);
  const bodies = await Promise.all(answers.map((a) => a.text()));
  expect(bodies[0]).toBe(bodies[1]);
  expect(bodies[2]).toBe(bodies[3]);
  expect(JSON.parse(bodies[0]!)).toMatchObject({ code: "unauthenticated", status: 401 });
  expect((await t.infer(ref, undefined, { authorization: "Bearer good" })).status).toBe(200);
  expect((await t.infer(unknown, undefined, { authorization: "Bearer good" })).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${t.gateway.port}/serve/${ref.project}/${ref.deployment}/metrics`)).status).toBe(404);
}, 120_000);

test("a host name that is not the gateway's is turned away before anything else", async () => {
  const strict = await startTestGateway({ hosts: new Set(["predict.example.test"]) });
  try {
    const res = await fetch(`http://127.0.0.1:${strict.gateway.port}/serve/acme/iris/v2`);
    expect({ status: res.status, body: await res.json() }).toMatchObject({ status: 421, body: { code: "misdirected_request" } });
  } finally {
    await strict.stop();
  }
});
