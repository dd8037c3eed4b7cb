import { randomBytes, randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { b64, idOf, sha, TusRig } from "@/lib/uploads/__fixtures__/tus-rig";

let rig: TusRig;
beforeEach(async () => { rig = await TusRig.start(); });
afterEach(() => rig.stop());

describe("resumable uploads", () => {
  it("take a file in parts, verify it and put it in the store under the upload's id", async () => {
    const data = randomBytes(3_000_000);
    const url = await rig.begin(data.length, `filename ${b64("m.onnx")},sha256 ${b64(sha(data))}`);
    expect(url).toMatch(/^\/uploads\/[0-9a-f-]{36}$/);
    expect((await rig.patch(url, 0, data.subarray(0, 1_000_000))).headers.get("upload-offset")).toBe("1000000");
    expect((await rig.patch(url, 1_000_000, data.subarray(1_000_000))).status).toBe(204);
    expect(rig.registry.rows.get(idOf(url))?.finished).toEqual({ blobId: idOf(url), sha256: sha(data) });
    expect(await rig.files()).toEqual([`blobs/${idOf(url).slice(0, 2)}/${idOf(url)}`]);
    expect(rig.finished).toEqual([idOf(url)]);
    expect(await rig.offsetOf(url)).toBe(data.length);
  });

  it("let one of two clients win: the other gets 423 or 409 and harms nothing", async () => {
    const data = randomBytes(2_000_000);
    const url = await rig.begin(data.length);
    const slow = rig.openPatch(url, 0, data.length);
    slow.write(data.subarray(0, 1_000_000));
    await expect.poll(() => rig.registry.leases.size).toBe(1);
    const other = await rig.patch(url, 0, data);
    expect(other.status).toBe(423);
    expect(await other.json()).toMatchObject({ code: "upload_locked", status: 423 });
    const answered = new Promise((resolve) => slow.once("data", (d) => resolve(String(d).slice(0, 12))));
    slow.write(data.subarray(1_000_000));
    expect(await answered).toBe("HTTP/1.1 204");
    slow.destroy();
    const both = await Promise.all([rig.begin(9), rig.begin(9)].map(async (made) => {
      const target = await made;
      return (await Promise.all([rig.patch(target, 0, Buffer.from("123456789")), rig.patch(target, 0, Buffer.from("123456789"))])).map((r) => r.status).sort();
    }));
    for (const statuses of both) expect([[204, 409], [204, 423]]).toContainEqual(statuses);
    expect(rig.registry.rows.get(idOf(url))?.finished?.sha256).toBe(sha(data));
  });

  it("refuse an offset that is not the upload's, more bytes than announced, and announced sizes over the limit", async () => {
    const url = await rig.begin(100);
    expect((await rig.patch(url, 50, Buffer.alloc(10))).status).toBe(409);
    expect((await rig.patch(url, 1000, Buffer.alloc(10))).status).toBe(409);
    expect((await rig.patch(url, 0, Buffer.alloc(101))).status).toBe(413);
    expect(await rig.offsetOf(url)).toBe(0);
    expect((await rig.create(2 ** 31)).status).toBe(413);
    expect((await rig.call("POST", "/uploads", { "upload-defer-length": "1" })).status).toBe(501);
  });

  it("remove an upload whose bytes are not those announced", async () => {
    const url = await rig.begin(3, `filename ${b64("a")},sha256 ${b64(sha(Buffer.from("abc")))}`);
    const response = await rig.patch(url, 0, Buffer.from("abd"));
    expect([response.status, (await response.json()).code]).toEqual([400, "digest_mismatch"]);
    expect(await rig.files()).toEqual([]);
    expect(rig.registry.rows.size).toBe(0);
  });

  it("reserve quota before the first byte", async () => {
    rig.registry.quotaBytes = 1000;
    const answers = await Promise.all(Array.from({ length: 50 }, () => rig.create(100)));
    expect(answers.filter((r) => r.status === 201)).toHaveLength(10);
    expect(answers.filter((r) => r.status === 507)).toHaveLength(40);
    expect(await rig.files()).toHaveLength(10);
  });

  it("are unknown to others, and to nobody in particular", async () => {
    const url = await rig.begin(10);
    const foreign = await rig.patch(url, 0, Buffer.alloc(10), { "x-owner": "eve" });
    const unknown = await rig.patch(`/uploads/${randomUUID()}`, 0, Buffer.alloc(10), { "x-owner": "eve" });
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    expect(await foreign.text()).toBe(await unknown.text());
    expect((await rig.call("DELETE", url, { "x-owner": "eve" })).status).toBe(404);
    expect((await rig.create(10, undefined, { "x-owner": "nobody" })).status).toBe(401);
    expect((await rig.call("GET", url)).status).toBe(405);
    expect(await rig.offsetOf(url)).toBe(0);
  });

  it.each(["../../etc/passwd", "%2e%2e%2fx", "..%5cx", "a%00b", `${"a".repeat(4096)}`, "%c0%ae%c0%ae", "C:%5cx"])("find nothing under the id %s, and leave the disk alone", async (id) => {
    await rig.begin(10);
    const before = await rig.files();
    for (const method of ["PATCH", "HEAD", "DELETE"]) {
      const response = method === "PATCH" ? await rig.patch(`/uploads/${id}`, 0, Buffer.alloc(1)) : await rig.call(method, `/uploads/${id}`);
      expect(response.status).toBe(404);
    }
    expect(await rig.files()).toEqual(before);
  });

  it.each([`filename ${b64("../x")}`, `filename ${b64("a/b")}`, `path ${b64("x")}`, `filename ${b64("x")},path ${b64("../../x")}`, `filename ${b64("x")},path ${b64("/etc/x")}`, `filename ${b64("x\0y")}`, `filename ${b64("x")},sha256 ${b64("no")}`])("refuse the metadata %s with the field at fault", async (metadata) => {
    const response = await rig.create(10, metadata);
    expect(response.status).toBe(400);
    expect((await response.json()).errors.length).toBeGreaterThan(0);
    expect(await rig.files()).toEqual([]);
  });

  it("can be ended by the client, and are swept with their bytes when they expire", async () => {
    const ended = await rig.begin(10);
    expect((await rig.call("DELETE", ended)).status).toBe(204);
    expect((await rig.call("HEAD", ended)).status).toBe(404);
    const old = await rig.begin(10);
    await rig.patch(old, 0, Buffer.alloc(5));
    rig.registry.rows.get(idOf(old))!.createdAt = new Date(Date.now() - 48 * 3600_000);
    expect((await rig.call("HEAD", old)).status).toBe(410);
    expect(await rig.tus.deleteExpired()).toBe(1);
    expect(await rig.files()).toEqual([]);
    expect(rig.registry.rows.size).toBe(0);
  });

  it("that a version takes in the very moment they expire keep their bytes, and the rest is swept all the same", async () => {
    const [taken, old] = [await rig.begin(3), await rig.begin(3)];
    for (const url of [taken, old]) await rig.patch(url, 0, Buffer.from("abc"));
    for (const row of rig.registry.rows.values()) row.createdAt = new Date(Date.now() - 48 * 3600_000);
    const list = rig.registry.listExpired.bind(rig.registry);
    rig.registry.listExpired = async (before, limit) => {
      const listed = await list(before, limit);
      rig.registry.rows.delete(idOf(taken)); // what making a version does, in one transaction with its own rows
      return listed;
    };
    expect(await rig.tus.deleteExpired()).toBe(1);
    expect(await rig.files()).toEqual([`blobs/${idOf(taken).slice(0, 2)}/${idOf(taken)}`]);
  });
});
