import { beforeEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { askFirst } from "@/lib/approvals/ask-first";
import { approve, decline, withdraw } from "@/lib/approvals/decide-approval";
import { listApprovals } from "@/lib/approvals/list-approvals";
import { ANONYMOUS, type Actor } from "@/lib/auth/actor";
import { budgetStatus } from "@/lib/budgets/budget-status";
import { monthOf } from "@/lib/budgets/month";
import { noteThresholds } from "@/lib/budgets/note-thresholds";
import { db } from "@/lib/db/client";
import { createDeployment } from "@/lib/deployments/create-deployment";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { createDeploymentSchema, updateDeploymentSchema } from "@/lib/deployments/schema";
import { setRunning } from "@/lib/deployments/set-running";
import { updateDeployment } from "@/lib/deployments/update-deployment";
import { makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";

useTestDatabase();

let world: Awaited<ReturnType<typeof makeWorld>>;
let deployer: Actor;
beforeEach(async () => {
  world = await makeWorld();
  deployer = { ...ANONYMOUS, kind: "user", id: "dora", userId: "dora", label: "Dora", scopes: null, memberships: new Map([[world.projectId, "deployer"]]) };
});

const rule = (data: object) => db().environment.updateMany({ where: { projectId: world.projectId, slug: "dev" }, data });
const body = (o: object = {}) => createDeploymentSchema.parse({ name: "iris", model: "iris", version: 1, target: "local", profile: "local-small", scaling: { min: 1, max: 1 }, env: { LEVEL: "1" }, ...o });
const create = (actor: Actor, o: object = {}) => askFirst(actor, world.projectId, { action: "create", deployment: body(o).name, body: body(o) }, () => createDeployment(actor, world.projectId, body(o)));
const patch = async (actor: Actor, change: object) => {
  const { etag } = await getDeployment(world.projectId, "iris");
  const input = updateDeploymentSchema.parse(change);
  return askFirst(actor, world.projectId, { action: "update", deployment: "iris", body: input }, () => updateDeployment(actor, world.projectId, "iris", etag, input));
};
const waitingOf = (r: object) => (r as { approval: { id: string } }).approval;
const count = () => db().deployment.count({ where: { projectId: world.projectId } });

describe("an environment that waits for approval", () => {
  beforeEach(() => rule({ requiresApproval: true }));

  it("lets a deployer ask: nothing exists until somebody says yes, then it is theirs, and the log names both", async () => {
    const asked = waitingOf(await create(deployer));
    expect(await count()).toBe(0);
    expect((await listApprovals(deployer, [world.projectId], { limit: 10, state: "waiting" })).items).toMatchObject([{ id: asked.id, action: "create", deployment: "iris", summary: "Deploy version 1 of iris, on local-small, 1 replica", state: "waiting", mayDecide: false, mayWithdraw: true }]);
    expect(await approve(tester, world.projectId, asked.id, "fine")).toMatchObject({ state: "approved", note: "fine" });
    expect((await getDeployment(world.projectId, "iris")).deployment).toMatchObject({ createdBy: "Dora", env: { LEVEL: "1" } });
    const actions = await db().auditEntry.findMany({ where: { projectId: world.projectId }, orderBy: { seq: "asc" }, select: { action: true, actorLabel: true } });
    expect(actions.map((a) => `${a.actorLabel} ${a.action}`)).toEqual(["Dora approval.create", `${tester.label} deployment.create`, `${tester.label} approval.approve`]);
  });
  it("takes a platform person's own deployment as approved, and asks for revisions but not for scaling", async () => {
    expect(await create(tester)).toHaveProperty("done");
    expect(await patch(deployer, { scaling: { min: 2, max: 2 } })).toHaveProperty("done");
    const asked = waitingOf(await patch(deployer, { version: 2 }));
    expect((await getDeployment(world.projectId, "iris")).deployment).toMatchObject({ version: 1, scaling: { min: 2 } });
    expect(await db().revision.count({ where: { deployment: { projectId: world.projectId } } })).toBe(1);
    await approve(tester, world.projectId, asked.id, undefined);
    expect((await getDeployment(world.projectId, "iris")).deployment.version).toBe(2);
  });
  it("does not approve what rests on a state that is gone: it says so and goes on waiting", async () => {
    await create(tester);
    const asked = waitingOf(await patch(deployer, { version: 2 }));
    await patch(tester, { version: 3 });
    await expect(approve(tester, world.projectId, asked.id, undefined)).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/has changed since/) });
    expect((await db().approval.findUniqueOrThrow({ where: { id: asked.id } })).state).toBe("waiting");
    expect(await decline(tester, world.projectId, asked.id, "outdated")).toMatchObject({ state: "declined", note: "outdated" });
    await expect(approve(tester, world.projectId, asked.id, undefined)).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/declined already/) });
  });
  it("is decided once, however many say yes at once", async () => {
    const asked = waitingOf(await create(deployer));
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => approve(tester, world.projectId, asked.id, undefined)));
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(1);
    expect(await count()).toBe(1);
  });
  it("answers a repeated request with the one that waits; only who asked may take it back, only platform people may decide", async () => {
    const asked = waitingOf(await create(deployer));
    expect(waitingOf(await create(deployer)).id).toBe(asked.id);
    const other: Actor = { ...deployer, id: "otto", userId: "otto", label: "Otto" };
    await expect(withdraw(other, world.projectId, asked.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(approve(deployer, world.projectId, asked.id, undefined)).rejects.toMatchObject({ code: "forbidden" });
    await expect(approve(tester, (await makeWorld()).projectId, asked.id, undefined)).rejects.toMatchObject({ code: "not_found" });
    expect(await withdraw(deployer, world.projectId, asked.id)).toMatchObject({ state: "withdrawn" });
  });
});

describe("a monthly budget", () => {
  // local-small is $0.05 an hour: whatever the day, one replica costs more than a cent and twenty less than $1,000 a month.
  it("asks, blocks or allows over it by its rule, and never stops what makes nothing dearer", async () => {
    await rule({ monthlyBudgetUsd: 1000 });
    expect(await create(deployer)).toHaveProperty("done");
    await rule({ monthlyBudgetUsd: 0, overBudget: "ask" });
    expect(await patch(deployer, { scaling: { min: 2, max: 2 } })).toMatchObject({ approval: { gate: { decision: "ask", budgetUsd: 0, estimate: true } } });
    await rule({ overBudget: "block" });
    await expect(patch(tester, { scaling: { min: 2, max: 2 } })).rejects.toMatchObject({ code: "over_budget" });
    await expect(create(tester, { name: "second" })).rejects.toMatchObject({ code: "over_budget", message: expect.stringMatching(/over the budget of \$0/) });
    expect(await patch(deployer, { queueLimit: 7 })).toHaveProperty("done");
    await setRunning(deployer, world.projectId, "iris", false);
    await expect(setRunning(deployer, world.projectId, "iris", true)).rejects.toMatchObject({ code: "over_budget" });
    await rule({ overBudget: "allow" });
    expect((await setRunning(deployer, world.projectId, "iris", true)).deployment.desiredState).toBe("running");
  });
  it("is not overrun by two at once that fit only one by one", async () => {
    const { hoursLeft } = monthOf(new Date());
    await rule({ monthlyBudgetUsd: Math.ceil(hoursLeft * 0.05 * 1.5 * 100) / 100, overBudget: "block" });
    const results = await Promise.allSettled(["a", "b", "c", "d"].map((name) => create(deployer, { name })));
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(1);
    for (const r of results) if (r.status === "rejected") expect(r.reason).toMatchObject({ code: "over_budget" });
  });
  it("counts deleted deployments' time, and writes each threshold once a month", async () => {
    const now = new Date("2026-11-15T00:00:00Z");
    const environment = await db().environment.findFirstOrThrow({ where: { projectId: world.projectId } });
    await db().replicaInterval.create({ data: { replicaId: `r-${world.slug}`, deploymentId: crypto.randomUUID(), projectId: world.projectId, environmentId: environment.id, deploymentSlug: "gone", modelSlug: "iris", profileSlug: "local-small", revision: 1, priceUsdPerHour: 0.5, priceNote: "test", estimate: true, startedAt: new Date("2026-10-31T00:00:00Z"), endedAt: new Date("2026-11-08T00:00:00Z") } });
    await rule({ monthlyBudgetUsd: 100 });
    expect(await budgetStatus(world.projectId, now)).toMatchObject([{ environment: "dev", budgetUsd: 100, month: "2026-11", spentUsd: 84, perHourUsd: 0, forecastUsd: 84 }]);
    expect(await noteThresholds(now)).toBeGreaterThanOrEqual(2);
    expect(await noteThresholds(now)).toBe(0);
    expect((await db().budgetAlert.findMany({ where: { environmentId: environment.id }, orderBy: { thresholdPercent: "asc" } })).map((a) => [a.thresholdPercent, a.spentUsd.toNumber()])).toEqual([[50, 84], [80, 84]]);
    expect((await budgetStatus(world.projectId, now))[0]!.thresholds.map((t) => t.passedAt !== null)).toEqual([true, true, false]);
  });
});
