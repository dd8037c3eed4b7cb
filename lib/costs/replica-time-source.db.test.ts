import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { replicaTimeSource } from "@/lib/costs/replica-time-source";
import { db } from "@/lib/db/client";

useTestDatabase();

it("answers only the projects and deployments asked for, the same from either connection", async () => {
  const [mine, other, a, b] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const startedAt = new Date("2026-11-01T22:00:00Z");
  const endedAt = new Date("2026-11-02T01:00:00Z");
  const row = (replicaId: string, projectId: string, deploymentId: string) => ({ replicaId, projectId, deploymentId, deploymentSlug: "d", modelSlug: "m", profileSlug: "p", revision: 1, priceUsdPerHour: 2, priceNote: "", estimate: false, startedAt, endedAt });
  await db().replicaInterval.createMany({ data: [row("r1", mine, a), row("r2", other, b)] });
  const query = { window: { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-11-03T00:00:00Z") }, now: new Date("2026-11-03T00:00:00Z"), projectIds: [mine] };
  const plain = await replicaTimeSource.allocations(query);
  expect(plain.allocations.map((l) => [l.deploymentId, l.total, l.perDay])).toEqual([[a, 6, [{ day: "2026-11-01", total: 4 }, { day: "2026-11-02", total: 2 }]]]);
  expect(await replicaTimeSource.allocations({ ...query, tx: db() })).toEqual(plain);
  expect((await replicaTimeSource.allocations({ ...query, projectIds: undefined, deploymentIds: [b] })).allocations.map((l) => l.projectId)).toEqual([other]);
  expect((await replicaTimeSource.allocations({ ...query, projectIds: [] })).allocations).toEqual([]);
});
