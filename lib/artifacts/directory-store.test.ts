import { execFileSync } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mayMount } from "@/e2e/may-mount";
import { formatContentDigest } from "@/lib/artifacts/content-digest";
import { DirectoryStore } from "@/lib/artifacts/directory-store";
import { HashedAppend } from "@/lib/artifacts/hashed-append";
import { receiveFile } from "@/lib/artifacts/receive-raw-file";
import { sweepIncoming } from "@/lib/artifacts/staged-writer";

let root: string;
let store: DirectoryStore;
beforeEach(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), "artifacts-"));
  store = new DirectoryStore(root);
});
afterEach(() => fs.rm(root, { recursive: true, force: true }));

const sha256 = (data: Buffer) => createHash("sha256").update(data).digest("hex");
/** Every file below the store, relative to it. */
const tree = async () => (await fs.readdir(root, { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).map((e) => path.relative(root, path.join(e.parentPath, e.name))).sort();
const pieces = function* (data: Buffer, size: number) {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
};
const MIB = 1 << 20;

describe("receiving a file", () => {
  it.each([0, 1, 65_537, MIB, 5 * MIB + 3])("keeps %i bytes whole, read-only, under a key made here, from a Node stream and from a web stream", async (size) => {
    const data = randomBytes(size);
    for (const source of [Readable.from(pieces(data, 16_001), { objectMode: false }), Readable.toWeb(Readable.from(pieces(data, 70_001), { objectMode: false })) as ReadableStream<Uint8Array>]) {
      const blob = await receiveFile(store, source, { maxBytes: size, expectedLength: size, contentDigest: formatContentDigest(sha256(data)) });
      expect(blob).toMatchObject({ sizeBytes: size, sha256: sha256(data) });
      const file = store.absolutePath(blob.blobId);
      expect((await fs.readFile(file)).equals(data)).toBe(true);
      expect((await fs.stat(file)).mode & 0o777).toBe(0o400);
    }
    expect((await tree()).every((f) => /^blobs\/[0-9a-f]{2}\/[0-9a-f-]{36}$/.test(f))).toBe(true);
  });

  it("keeps nothing of a file whose bytes are not those announced", async () => {
    const data = randomBytes(2 * MIB);
    const flipped = Buffer.from(data);
    flipped[1_234_567]! ^= 1;
    await expect(receiveFile(store, Readable.from(pieces(flipped, 65_536)), { maxBytes: 1e9, contentDigest: formatContentDigest(sha256(data)) })).rejects.toMatchObject({ code: "digest_mismatch" });
    expect(await tree()).toEqual([]);
  });

  it.each(["md5=:1B2M2Y8AsgTpgAmY7PhCfg==:", "sha-512=:AAAA:", "sha-256=:short:", "sha-256", "nonsense"])("refuses the Content-Digest %s instead of accepting unchecked bytes", async (contentDigest) => {
    await expect(receiveFile(store, Readable.from([Buffer.from("x")]), { maxBytes: 10, contentDigest })).rejects.toMatchObject({ code: "invalid_request" });
    expect(await tree()).toEqual([]);
  });

  it("stops at the limit while streaming, and at once when the announced length is over it", async () => {
    let given = 0;
    const endless = Readable.from((function* () { for (;;) { given += MIB; yield Buffer.alloc(MIB); } })());
    await expect(receiveFile(store, endless, { maxBytes: 3 * MIB })).rejects.toMatchObject({ code: "too_large" });
    expect(given).toBeLessThan(40 * MIB);
    await expect(receiveFile(store, Readable.from([]), { maxBytes: 10, expectedLength: 11 })).rejects.toMatchObject({ code: "too_large" });
    expect(await tree()).toEqual([]);
  });

  it("leaves nothing of a sender who goes away, or stops short of the length announced", async () => {
    const dying = Readable.from((function* () { yield Buffer.alloc(2 * MIB); throw Object.assign(new Error("aborted"), { code: "ECONNRESET" }); })());
    await expect(receiveFile(store, dying, { maxBytes: 1e9 })).rejects.toMatchObject({ code: "upload_incomplete" });
    const web = new ReadableStream<Uint8Array>({ pull(c) { c.enqueue(new Uint8Array(MIB)); c.error(new Error("gone")); } });
    await expect(receiveFile(store, web, { maxBytes: 1e9 })).rejects.toMatchObject({ code: "upload_incomplete" });
    await expect(receiveFile(store, Readable.from([Buffer.alloc(9)]), { maxBytes: 1e9, expectedLength: 10 })).rejects.toMatchObject({ code: "upload_incomplete" });
    expect(await tree()).toEqual([]);
  });

  it("says disk_full in words when the kernel has no room", async () => {
    const full = await fs.open("/dev/full", "w");
    const out = new HashedAppend(full, 0);
    const written = out.append(Buffer.alloc(2 * MIB)).then(() => out.drain());
    await expect(written).rejects.toMatchObject({ code: "disk_full", status: 507 });
    await out.settle();
    await full.close();
  });

  it.runIf(mayMount())("cleans up on a file system that fills while writing, and works again when there is room", async () => {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", root]);
    try {
      await expect(receiveFile(store, Readable.from(pieces(randomBytes(9 * MIB), 65_536)), { maxBytes: 1e9 })).rejects.toMatchObject({ code: "disk_full" });
      expect(await tree()).toEqual([]);
      expect((await receiveFile(store, Readable.from(pieces(randomBytes(2 * MIB), 65_536)), { maxBytes: 1e9 })).sizeBytes).toBe(2 * MIB);
    } finally {
      execFileSync("umount", [root]);
    }
  });
});

describe("the store", () => {
  const put = (data: Buffer) => receiveFile(store, Readable.from([data]), { maxBytes: 1e9 });

  it("reads any range, lists what it has, and forgets what is removed, twice without complaint", async () => {
    const { blobId } = await put(Buffer.from("0123456789"));
    const open = await store.open(blobId);
    expect((await open.read(2, 3)).toString()).toBe("234");
    expect((await open.read(8, 100)).toString()).toBe("89");
    expect((await open.read(100, 5)).length).toBe(0);
    const parts: Buffer[] = [];
    for await (const part of open.stream({ start: 1, end: 4 })) parts.push(part as Buffer);
    await open.close();
    expect(Buffer.concat(parts).toString()).toBe("123");
    const listed = [];
    for await (const stat of store.list()) listed.push([stat.blobId, stat.sizeBytes]);
    expect(listed).toEqual([[blobId, 10]]);
    await store.remove(blobId);
    await store.remove(blobId);
    expect(await store.stat(blobId)).toBeNull();
    await expect(store.open(blobId)).rejects.toMatchObject({ code: "not_found" });
  });

  it.each(["../../etc/passwd", "..", "", "/etc/passwd", "a\0b", "%2e%2e%2f", "C:\\x", "0".repeat(4096), `${randomUUID()}/../x`, randomUUID().toUpperCase(), `${randomUUID()}#`])("treats %j as no key of its own, and the disk stays as it was", async (id) => {
    const { blobId } = await put(Buffer.from("kept"));
    const before = await tree();
    expect(() => store.absolutePath(id)).toThrow(expect.objectContaining({ code: "not_found" }));
    await expect(store.open(id)).rejects.toMatchObject({ code: "not_found" });
    await expect(store.remove(id)).rejects.toMatchObject({ code: "not_found" });
    expect(await store.stat(id)).toBeNull();
    expect(await tree()).toEqual(before);
    expect(before).toEqual([`blobs/${blobId.slice(0, 2)}/${blobId}`]);
  });

  it("sweeps what a killed writer left, and spares what is still being written", async () => {
    const dead = await store.createWriter({ maxBytes: 1e9 });
    await dead.write(Buffer.alloc(2 * MIB));
    const [leftover] = await tree();
    await fs.utimes(path.join(root, leftover!), new Date(0), new Date(0));
    const alive = await store.createWriter({ maxBytes: 1e9 });
    await alive.write(Buffer.from("still coming"));
    expect(await sweepIncoming(store.root, new Date(Date.now() - 60_000))).toBe(1);
    expect((await alive.commit()).sizeBytes).toBe(12);
    await dead.abort();
    expect(await tree()).toHaveLength(1);
  });

  it("is made where it is not there yet, and where it cannot be that is said by its place", async () => {
    const place = path.join(root, "new", "artifacts");
    await new DirectoryStore(place).check();
    expect((await fs.stat(place)).isDirectory()).toBe(true);
    const inTheWay = path.join(root, "file");
    await fs.writeFile(inTheWay, "");
    await expect(new DirectoryStore(path.join(inTheWay, "artifacts")).check()).rejects.toMatchObject({ code: "unprocessable", message: expect.stringContaining(`${inTheWay}/artifacts, cannot be written to (ENOTDIR)`) as string });
  });

  it("makes adopting a file repeatable: a second try after a crash finds it in place", async () => {
    const partial = path.join(root, "finished");
    await fs.writeFile(partial, "bytes");
    const id = randomUUID();
    expect(await store.adopt(partial, id)).toBe(id);
    expect(await store.adopt(partial, id)).toBe(id);
    expect((await store.stat(id))?.sizeBytes).toBe(5);
  });
});
