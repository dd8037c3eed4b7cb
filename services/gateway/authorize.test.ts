import { expect, test } from "vitest";
import { bearerOf, cachedAuthorize, type Authorized } from "./authorize";

const ref = { id: "d1", project: "p", projectId: "9", deployment: "d" };

function setUp(answer: () => Authorized = () => ({ ok: true })) {
  let now = 0;
  let calls = 0;
  let revoke: (h: string | null) => void = () => {};
  const authorize = cachedAuthorize(async () => { calls++; return answer(); }, { now: () => now, onRevoked: (l) => { revoke = l; return () => {}; } });
  return { authorize, at: (ms: number) => { now = ms; }, calls: () => calls, revoke: (h: string | null) => revoke(h) };
}

test("within a second the store is asked once for a token and deployment", async () => {
  const s = setUp();
  for (const ms of [0, 500, 999]) { s.at(ms); await s.authorize("t", "p", ref); }
  expect(s.calls()).toBe(1);
  await s.authorize("t", "p", { ...ref, id: "d2" });
  await s.authorize("u", "p", ref);
  expect(s.calls()).toBe(3);
  s.at(1001);
  await s.authorize("t", "p", ref);
  expect(s.calls()).toBe(4);
});

test("a revoked token is asked for anew at once", async () => {
  let ok = true;
  const s = setUp(() => (ok ? { ok: true } : { ok: false, status: 401 }));
  expect(await s.authorize("t", "p", ref)).toEqual({ ok: true });
  ok = false;
  const { createHash } = await import("node:crypto");
  s.revoke(createHash("sha256").update("other").digest("hex"));
  expect(await s.authorize("t", "p", ref)).toEqual({ ok: true });
  s.revoke(createHash("sha256").update("t").digest("hex"));
  expect(await s.authorize("t", "p", ref)).toEqual({ ok: false, status: 401 });
});

test("an error is not remembered", async () => {
  let fail = true;
  const authorize = cachedAuthorize(async () => { if (fail) throw new Error("the store is away"); return { ok: true }; });
  await expect(authorize("t", "p", ref)).rejects.toThrow("away");
  fail = false;
  expect(await authorize("t", "p", ref)).toEqual({ ok: true });
});

test("only a well-formed bearer is one", () => {
  expect(bearerOf("Bearer slp_abc")).toBe("slp_abc");
  expect([bearerOf(undefined), bearerOf("Basic x"), bearerOf("Bearer"), bearerOf("Bearer a b")]).toEqual([null, null, null, null]);
});
