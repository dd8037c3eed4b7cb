import { execFileSync } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import fs from "node:fs/promises";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DirectoryStore } from "@/lib/artifacts/directory-store";
import { reportProof } from "@/e2e/report-proof";
import { AppError, notFound } from "@/lib/errors";
import { createTusServer, type TusOptions, type TusServer } from "@/lib/uploads/tus-server";
import type { UploadRecord, UploadRegistry } from "@/lib/uploads/upload-registry";

/** What PostgreSQL does in the product, in a map: survives a restart of the tus server, as the database does. */
class MapRegistry implements UploadRegistry<string> {
  rows = new Map<string, UploadRecord<string>>();
  leases = new Map<string, { holder: string; until: number }>();
  quotaBytes = Infinity;
  async create(record: UploadRecord<string>) {
    const used = [...this.rows.values()].reduce((sum, row) => sum + row.sizeBytes, 0);
    if (used + record.sizeBytes > this.quotaBytes) throw new AppError("quota_exceeded", "The project's quota is used up.");
    this.rows.set(record.id, record);
  }
  async get(id: string) { return this.rows.get(id) ?? null; }
  async finish(id: string, finished: { blobId: string; sha256: string }) { this.rows.set(id, { ...this.rows.get(id)!, finished }); }
  async remove(id: string) { this.rows.delete(id); }
  async listExpired(before: Date, limit: number) { return [...this.rows.values()].filter((row) => row.createdAt < before).slice(0, limit); }
  async lease(id: string, holder: string, leaseMs: number) {
    const held = this.leases.get(id);
    if (!this.rows.has(id) || (held && held.holder !== holder && held.until > Date.now())) return false;
    this.leases.set(id, { holder, until: Date.now() + leaseMs });
    return true;
  }
  async release(id: string, holder: string) { if (this.leases.get(id)?.holder === holder) this.leases.delete(id); }
}

let root: string;
let registry: MapRegistry;
let tus: TusServer;
let finished: string[];
let server: http.Server;
let port: number;

const restart = (more: Partial<TusOptions<string>> = {}) => {
  tus = createTusServer<string>({
    artifacts: new DirectoryStore(root), registry, path: "/uploads", maxFileBytes: 1 << 30, lockWaitMs: 300,
    authorize: async (request, upload) => {
      const owner = request.headers.get("x-owner") ?? "anna";
      if (owner === "nobody") throw new AppError("unauthenticated", "Sign in.");
      if (upload && upload.owner !== owner) throw notFound("upload");
      return owner;
    },
    onFinish: async (upload) => void finished.push(upload.id),
    ...more,
  });
};

beforeEach(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), "uploads-"));
  registry = new MapRegistry();
  finished = [];
  restart();
  server = http.createServer(async (incoming, outgoing) => {
    const hasBody = incoming.method === "PATCH" || incoming.method === "POST";
    const request = new Request(`http://127.0.0.1${incoming.url}`, {
      method: incoming.method, headers: incoming.headers as Record<string, string>,
      ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: "half" }),
    } as RequestInit);
    const response = await tus.handle(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(Buffer.from(await response.arrayBuffer()));
  });
  port = await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await fs.rm(root, { recursive: true, force: true });
});

const b64 = (text: string) => Buffer.from(text).toString("base64");
const sha = (data: Buffer) => createHash("sha256").update(data).digest("hex");
const call = (method: string, url: string, headers: Record<string, string> = {}, body?: Buffer) =>
  fetch(`http://127.0.0.1:${port}${url}`, { method, headers: { "tus-resumable": "1.0.0", ...headers }, body: body as BodyInit | undefined });
const create = (size: number, metadata = `filename ${b64("model.onnx")}`, headers: Record<string, string> = {}) =>
  call("POST", "/uploads", { "upload-length": String(size), "upload-metadata": metadata, ...headers });
const patch = (url: string, offset: number, body: Buffer, headers: Record<string, string> = {}) =>
  call("PATCH", url, { "upload-offset": String(offset), "content-type": "application/offset+octet-stream", ...headers }, body);
const files = async () => (await fs.readdir(root, { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).map((e) => path.relative(root, path.join(e.parentPath, e.name))).sort();
async function begin(size: number, metadata?: string): Promise<string> {
  const response = await create(size, metadata);
  expect(response.status).toBe(201);
  return response.headers.get("location")!;
}
const idOf = (url: string) => url.split("/").at(-1)!;
async function offsetOf(url: string): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    const head = await call("HEAD", url);
    if (head.status === 200) return Number(head.headers.get("upload-offset"));
    if (head.status !== 423 || attempt > 50) throw new Error(`HEAD answered ${head.status}`);
  }
}

/** A client that is killed: sends the head of a PATCH and `sent` of its bytes, then resets the connection. */
async function killedPatch(url: string, offset: number, body: Buffer, sent: number, beforeReset = async () => {}): Promise<void> {
  const socket = net.connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(`PATCH ${url} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: ${offset}\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: ${body.length}\r\n\r\n`);
  await new Promise<void>((resolve) => socket.write(body.subarray(0, sent), () => resolve()));
  await beforeReset();
  socket.resetAndDestroy();
}

/** mulberry32: the seed alone decides the schedule. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

describe("resumable uploads", () => {
  it("take a file in parts, verify it and put it in the store under the upload's id", async () => {
    const data = randomBytes(3_000_000);
    const url = await begin(data.length, `filename ${b64("m.onnx")},sha256 ${b64(sha(data))}`);
    expect(url).toMatch(/^\/uploads\/[0-9a-f-]{36}$/);
    expect((await patch(url, 0, data.subarray(0, 1_000_000))).headers.get("upload-offset")).toBe("1000000");
    expect((await patch(url, 1_000_000, data.subarray(1_000_000))).status).toBe(204);
    expect(registry.rows.get(idOf(url))?.finished).toEqual({ blobId: idOf(url), sha256: sha(data) });
    expect(await files()).toEqual([`blobs/${idOf(url).slice(0, 2)}/${idOf(url)}`]);
    expect(finished).toEqual([idOf(url)]);
    expect(await offsetOf(url)).toBe(data.length);
  });

  const seeds = Number(process.env.PROVE_UPLOADS ?? 12);
  it(`end hash-equal after clients and servers were killed at random offsets (${seeds} seeds)`, { timeout: 30_000 + seeds * 5_000 }, async () => {
    for (let seed = 1; seed <= seeds; seed++) {
      const next = random(seed);
      const data = randomBytes(Math.floor(next() * 3_000_000));
      const url = await begin(data.length);
      let sentBytes = 0;
      for (let step = 0; step < 100 && !registry.rows.get(idOf(url))?.finished; step++) {
        const offset = await offsetOf(url);
        const chunk = data.subarray(offset, offset + 1 + Math.floor(next() * 1_000_000));
        const kind = next();
        if (kind < 0.4 && step < 20) await killedPatch(url, offset, chunk, Math.floor(next() * chunk.length));
        else if (kind < 0.6 && step < 20) restart();
        else {
          const { status } = await patch(url, offset, chunk);
          expect([204, 409, 423], `seed ${seed}`).toContain(status);
          if (status === 204) sentBytes += chunk.length;
        }
      }
      const row = registry.rows.get(idOf(url));
      expect(row?.finished?.sha256, `seed ${seed}`).toBe(sha(data));
      expect(sentBytes, `seed ${seed}`).toBeLessThanOrEqual(data.length);
      expect(sha(await fs.readFile(new DirectoryStore(root).absolutePath(idOf(url)))), `seed ${seed}`).toBe(sha(data));
    }
    expect(await files()).toHaveLength(seeds);
    reportProof(`${seeds} uploads, seeds 1 to ${seeds}`);
  });

  it("keep what arrived before the client was killed, so that less than a chunk is sent again", async () => {
    const data = randomBytes(4_000_000);
    const url = await begin(data.length);
    const arrived = async () => (await fs.stat(path.join(root, "uploads", idOf(url)))).size;
    await killedPatch(url, 0, data, 3_500_000, () => expect.poll(arrived).toBeGreaterThanOrEqual(3_000_000).then(() => undefined));
    const offset = await offsetOf(url);
    expect(offset).toBeGreaterThanOrEqual(3_000_000);
    expect((await patch(url, offset, data.subarray(offset))).status).toBe(204);
    expect(registry.rows.get(idOf(url))?.finished?.sha256).toBe(sha(data));
  });

  it("let one of two clients win: the other gets 423 or 409 and harms nothing", async () => {
    const data = randomBytes(2_000_000);
    const url = await begin(data.length);
    const slow = net.connect(port, "127.0.0.1");
    slow.on("error", () => undefined);
    slow.write(`PATCH ${url} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: ${data.length}\r\n\r\n`);
    slow.write(data.subarray(0, 1_000_000));
    await expect.poll(() => registry.leases.size).toBe(1);
    const other = await patch(url, 0, data);
    expect(other.status).toBe(423);
    expect(await other.json()).toMatchObject({ code: "upload_locked", status: 423 });
    const answered = new Promise((resolve) => slow.once("data", (d) => resolve(String(d).slice(0, 12))));
    slow.write(data.subarray(1_000_000));
    expect(await answered).toBe("HTTP/1.1 204");
    slow.destroy();
    const both = await Promise.all([begin(9), begin(9)].map(async (made) => {
      const target = await made;
      return (await Promise.all([patch(target, 0, Buffer.from("123456789")), patch(target, 0, Buffer.from("123456789"))])).map((r) => r.status).sort();
    }));
    for (const statuses of both) expect([[204, 409], [204, 423]]).toContainEqual(statuses);
    expect(registry.rows.get(idOf(url))?.finished?.sha256).toBe(sha(data));
  });

  it("refuse an offset that is not the upload's, more bytes than announced, and announced sizes over the limit", async () => {
    const url = await begin(100);
    expect((await patch(url, 50, Buffer.alloc(10))).status).toBe(409);
    expect((await patch(url, 1000, Buffer.alloc(10))).status).toBe(409);
    expect((await patch(url, 0, Buffer.alloc(101))).status).toBe(413);
    expect(await offsetOf(url)).toBe(0);
    expect((await create(2 ** 31)).status).toBe(413);
    expect((await call("POST", "/uploads", { "upload-defer-length": "1" })).status).toBe(501);
  });

  it("remove an upload whose bytes are not those announced", async () => {
    const url = await begin(3, `filename ${b64("a")},sha256 ${b64(sha(Buffer.from("abc")))}`);
    const response = await patch(url, 0, Buffer.from("abd"));
    expect([response.status, (await response.json()).code]).toEqual([400, "digest_mismatch"]);
    expect(await files()).toEqual([]);
    expect(registry.rows.size).toBe(0);
  });

  it("finish on the next request when the process was killed between the last byte and the row", async () => {
    const data = Buffer.from("every byte arrived");
    const beforeMove = await begin(data.length);
    await fs.writeFile(path.join(root, "uploads", idOf(beforeMove)), data);
    const afterMove = await begin(data.length);
    await fs.writeFile(path.join(root, "uploads", idOf(afterMove)), data);
    await new DirectoryStore(root).adopt(path.join(root, "uploads", idOf(afterMove)), idOf(afterMove));
    for (const url of [beforeMove, afterMove]) {
      expect(await offsetOf(url)).toBe(data.length);
      expect(registry.rows.get(idOf(url))?.finished?.sha256).toBe(sha(data));
    }
  });

  it("reserve quota before the first byte", async () => {
    registry.quotaBytes = 1000;
    const answers = await Promise.all(Array.from({ length: 50 }, () => create(100)));
    expect(answers.filter((r) => r.status === 201)).toHaveLength(10);
    expect(answers.filter((r) => r.status === 507)).toHaveLength(40);
    expect(await files()).toHaveLength(10);
  });

  it("are unknown to others, and to nobody in particular", async () => {
    const url = await begin(10);
    const foreign = await patch(url, 0, Buffer.alloc(10), { "x-owner": "eve" });
    const unknown = await patch(`/uploads/${randomUUID()}`, 0, Buffer.alloc(10), { "x-owner": "eve" });
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    expect(await foreign.text()).toBe(await unknown.text());
    expect((await call("DELETE", url, { "x-owner": "eve" })).status).toBe(404);
    expect((await create(10, undefined, { "x-owner": "nobody" })).status).toBe(401);
    expect((await call("GET", url)).status).toBe(405);
    expect(await offsetOf(url)).toBe(0);
  });

  it.each(["../../etc/passwd", "%2e%2e%2fx", "..%5cx", "a%00b", `${"a".repeat(4096)}`, "%c0%ae%c0%ae", "C:%5cx"])("find nothing under the id %s, and leave the disk alone", async (id) => {
    await begin(10);
    const before = await files();
    for (const method of ["PATCH", "HEAD", "DELETE"]) {
      const response = method === "PATCH" ? await patch(`/uploads/${id}`, 0, Buffer.alloc(1)) : await call(method, `/uploads/${id}`);
      expect(response.status).toBe(404);
    }
    expect(await files()).toEqual(before);
  });

  it.each([`filename ${b64("../x")}`, `filename ${b64("a/b")}`, `path ${b64("x")}`, `filename ${b64("x")},path ${b64("../../x")}`, `filename ${b64("x")},path ${b64("/etc/x")}`, `filename ${b64("x\0y")}`, `filename ${b64("x")},sha256 ${b64("no")}`])("refuse the metadata %s with the field at fault", async (metadata) => {
    const response = await create(10, metadata);
    expect(response.status).toBe(400);
    expect((await response.json()).errors.length).toBeGreaterThan(0);
    expect(await files()).toEqual([]);
  });

  it("can be ended by the client, and are swept with their bytes when they expire", async () => {
    const ended = await begin(10);
    expect((await call("DELETE", ended)).status).toBe(204);
    expect((await call("HEAD", ended)).status).toBe(404);
    const old = await begin(10);
    await patch(old, 0, Buffer.alloc(5));
    registry.rows.get(idOf(old))!.createdAt = new Date(Date.now() - 48 * 3600_000);
    expect((await call("HEAD", old)).status).toBe(410);
    expect(await tus.deleteExpired()).toBe(1);
    expect(await files()).toEqual([]);
    expect(registry.rows.size).toBe(0);
  });

  // Only root may mount a small file system, and not in every container.
  const mayMount = process.platform === "linux" && process.getuid?.() === 0 && (() => {
    const probe = mkdtempSync(path.join(os.tmpdir(), "mount-probe-"));
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", probe], { stdio: "ignore" });
      execFileSync("umount", [probe], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    } finally {
      rmSync(probe, { recursive: true, force: true });
    }
  })();
  it.runIf(mayMount)("answer 507 on a full disk, and go on from there once there is room", async () => {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", root]);
    try {
      const data = randomBytes(6_000_000);
      const url = await begin(data.length);
      const refused = await patch(url, 0, data);
      expect([refused.status, (await refused.json()).code]).toEqual([507, "disk_full"]);
      execFileSync("mount", ["-o", "remount,size=16m", root]);
      const offset = await offsetOf(url);
      expect(offset).toBeGreaterThan(1_000_000);
      expect((await patch(url, offset, data.subarray(offset))).status).toBe(204);
      expect(registry.rows.get(idOf(url))?.finished?.sha256).toBe(sha(data));
    } finally {
      execFileSync("umount", [root]);
    }
  });

  it("give up a client that stays silent, and keep its bytes", async () => {
    restart({ idleTimeoutMs: 200 });
    const data = randomBytes(1000);
    const url = await begin(data.length);
    const silent = net.connect(port, "127.0.0.1");
    silent.on("error", () => undefined);
    silent.write(`PATCH ${url} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: 1000\r\n\r\n`);
    silent.write(data.subarray(0, 400));
    await expect.poll(() => registry.leases.size).toBe(1);
    await expect.poll(() => registry.leases.size, { timeout: 5000 }).toBe(0);
    silent.destroy();
    expect(await offsetOf(url)).toBe(400);
    expect((await patch(url, 400, data.subarray(400))).status).toBe(204);
    expect(registry.rows.get(idOf(url))?.finished?.sha256).toBe(sha(data));
  });
});
