import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import type { Ask } from "@/lib/costs/allocation-api-source";
import { deploymentCosts } from "@/lib/costs/deployment-costs";
import { costsOf } from "@/lib/costs/costs-of";
import { collectCosts } from "@/lib/costs/sources/collect-costs";
import { getCostSource } from "@/lib/costs/sources/get-cost-source";
import { putCostSource } from "@/lib/costs/sources/put-cost-source";
import { db } from "@/lib/db/client";
import { deploy, makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";

useTestDatabase({ SLIPWAY_ENCRYPTION_KEY: randomBytes(32).toString("base64") });

const now = new Date("2026-11-27T10:00:00Z");
const log = { warn: () => undefined };

/** A cluster that asks a server on a port where nothing listens; what it would answer is given to collectCosts. */
async function makeCluster(slug: string) {
  const target = await db().target.create({ data: { slug, name: slug, kind: "kubernetes", config: { instance: "sabcdefg" } } });
  await putCostSource(tester, slug, { kind: "kubecost", url: "http://127.0.0.1:1", header: { name: "X-Api-Key", value: "s3cret-of-kubecost" } }, now);
  const { projectId, slug: project } = await makeWorld();
  const id = await deploy(projectId);
  await db().deployment.update({ where: { id }, data: { targetId: target.id } });
  const day = (n: number) => new Date(Date.UTC(2026, 10, n));
  await db().replicaInterval.create({ data: { replicaId: `${slug}-r1`, deploymentId: id, projectId, deploymentSlug: "iris", modelSlug: "iris", profileSlug: "local-small", revision: 1, priceUsdPerHour: 0.05, priceNote: "list", estimate: false, startedAt: day(24), endedAt: day(26) } });
  return { target, projectId, project, id };
}
const answers = (id: string, projectId: string, perDay: number | null): Ask => async (url, headers) => {
  if (headers["X-Api-Key"] !== "s3cret-of-kubecost") return { status: 401, text: "", date: null };
  const [start, end] = new URL(url).searchParams.get("window")!.split(",") as [string, string];
  const ran = start >= "2026-11-24" && start < "2026-11-26";
  const row = { start, end, minutes: 1440, cpuCost: perDay, ramCost: 0, gpuCost: 0, networkCost: 0.25, pvCost: 0, loadBalancerCost: 0, sharedCost: 0, totalCost: perDay === null ? null : perDay + 0.25 };
  return { status: 200, date: null, text: JSON.stringify({ code: 200, data: [{ __idle__: { ...row, networkCost: 0, totalCost: 3 }, ...(ran ? { [`sabcdefg/${projectId}/${id}`]: row } : {}) }] }) };
};
const kept = (id: string) => db().costAllocation.findMany({ where: { deploymentId: id }, orderBy: { day: "asc" }, select: { day: true, totalUsd: true, fetchedAt: true } });

it("collects by day, keeps the last good figures through a failure and an empty answer, and reconciles whole days with the ledger", async () => {
  const { target, projectId, project, id } = await makeCluster("kubecost-a");
  expect(await collectCosts(now, log, answers(id, projectId, 1.2))).toEqual({ targets: 1, days: 31 });
  expect((await kept(id)).map((r) => [r.day.toISOString().slice(0, 10), String(r.totalUsd)])).toEqual([["2026-11-24", "1.45"], ["2026-11-25", "1.45"]]);

  const report = await costsOf([{ id: projectId, slug: project }], "7d", now);
  expect(report.total.total).toBe(2.4);
  expect(report.measured).toMatchObject({ total: 2.9, sources: [{ target: "kubecost-a", source: "Kubecost", ageSeconds: 0, stale: false, error: null }] });
  expect(report.measured!.lines).toMatchObject([{ project, deployment: "iris", ours: 2.4, theirs: 2.9, differenceUsd: 0.5, days: 2, parts: { cpu: 2.4, network: 0.5, idle: null }, reasons: [{ code: "other-parts" }] }]);
  expect((await deploymentCosts({ id, projectId, project }, "7d", now)).measured?.lines).toEqual(report.measured!.lines);
  expect((await deploymentCosts({ id, projectId, project }, "1d", now)).measured!.lines).toEqual([]);

  // Not due yet; then down; then up again and forgetful.
  expect((await collectCosts(now, log, answers(id, projectId, 9))).targets).toBe(0);
  const later = new Date(now.getTime() + 3_600_000);
  await collectCosts(later, log, async () => ({ status: 503, text: "", date: null }));
  expect(await getCostSource(tester, target.slug)).toMatchObject({ collection: { error: "Kubecost answered 503.", lastAt: now.toISOString() }, lastWeek: { deployments: 2.9, idle: 21, other: null } });
  const again = new Date(later.getTime() + 600_000);
  expect(await collectCosts(again, log, async () => ({ status: 200, text: '{"code":200,"data":[{}]}', date: null }))).toEqual({ targets: 1, days: 3 });
  expect((await kept(id)).map((r) => String(r.totalUsd))).toEqual(["1.45", "1.45"]);
  // The bill arrives: the newest days are asked for again, older ones are final.
  await collectCosts(new Date(again.getTime() + 3_600_000), log, answers(id, projectId, 2));
  expect((await kept(id)).map((r) => String(r.totalUsd))).toEqual(["1.45", "2.25"]);
});

it("keeps the header sealed, out of every answer, and only for the address it was given for", async () => {
  const { target } = await makeCluster("kubecost-b");
  const row = await db().targetCostSource.findUniqueOrThrow({ where: { targetId: target.id } });
  expect(Buffer.from(row.header!).toString("utf8")).not.toContain("s3cret");
  expect(JSON.stringify(await getCostSource(tester, target.slug))).not.toContain("s3cret");
  const put = (url: string) => putCostSource(tester, target.slug, { kind: "kubecost", url, header: { name: "x-api-key" } }, now);
  await expect(put("http://127.0.0.1:1")).resolves.toMatchObject({ health: { ok: false }, settings: { headerSet: true } });
  await expect(put("http://127.0.0.1:2")).rejects.toMatchObject({ code: "unprocessable" });
  await expect(putCostSource(tester, "local", { kind: "opencost", url: "http://127.0.0.1:1", header: null })).rejects.toMatchObject({ code: "unprocessable" });
});
