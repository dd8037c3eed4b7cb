import { expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import type { Reply } from "@/lib/api/endpoint";
import { withIdempotency } from "@/lib/api/idempotency";
import { db } from "@/lib/db/client";
import { tester } from "@/lib/reconciler/__fixtures__/deploy-world";

useTestDatabase();

const CLAIM_MS = 200;
const send = (key: string, run: () => Promise<Reply>) => withIdempotency(tester, new Request("http://localhost/api/v1/things", { method: "POST", headers: { "idempotency-key": key } }), { a: 1 }, run, CLAIM_MS);
const recordOf = (key: string) => db().idempotencyRecord.findFirst({ where: { key } });

it("a request that runs longer than a claim lasts is not begun a second time, and its answer is given again", async () => {
  let runs = 0;
  let finish!: () => void;
  const held = new Promise<void>((resolve) => (finish = resolve));
  const first = send("long", async () => {
    runs++;
    await held;
    return { status: 201, body: { made: runs } };
  });
  await expect.poll(async () => (await recordOf("long"))?.state, { timeout: 20_000 }).toBe("running");
  const begun = (await recordOf("long"))!.createdAt.getTime();
  // Renewed past the end of the first claim: only then does a second try tell anything.
  await expect.poll(async () => (await recordOf("long"))!.createdAt.getTime() - begun, { timeout: 20_000 }).toBeGreaterThan(CLAIM_MS);
  await expect(send("long", async () => ({ status: 201, body: { made: ++runs } }))).rejects.toMatchObject({ code: "request_in_progress" });
  finish();
  expect(await first).toMatchObject({ status: 201, body: { made: 1 } });
  expect(await send("long", async () => ({ status: 201, body: { made: ++runs } }))).toMatchObject({ status: 201, headers: { "idempotent-replayed": "true" } });
  expect(runs).toBe(1);
});

it("a claim whose process is gone is taken over", async () => {
  await expect(send("lost", async () => { throw new Error("fault"); })).rejects.toThrow("fault");
  const answer = await send("lost", async () => ({ status: 201, body: { made: "again" } }));
  expect(answer).toMatchObject({ status: 201, body: { made: "again" } });
  await db().idempotencyRecord.updateMany({ where: { key: "lost" }, data: { state: "running", createdAt: new Date(Date.now() - 10 * CLAIM_MS) } });
  expect(await send("lost", async () => ({ status: 201, body: { made: "by another" } }))).toMatchObject({ body: { made: "by another" } });
});
