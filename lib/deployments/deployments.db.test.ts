import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { deploy, makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";
import { abortRollout } from "@/lib/deployments/abort-rollout";
import { createDeployment } from "@/lib/deployments/create-deployment";
import { deleteDeployment } from "@/lib/deployments/delete-deployment";
import { diffRevisions } from "@/lib/deployments/diff-revisions";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { listDeployments, listDeploymentsQuery } from "@/lib/deployments/list-deployments";
import { listEvents } from "@/lib/deployments/list-events";
import { listRevisions } from "@/lib/deployments/list-revisions";
import { pauseCanary } from "@/lib/deployments/pause-canary";
import { approveVersion } from "@/lib/models/approve-version";
import { createImageVersion } from "@/lib/models/create-image-version";
import { loadDesired } from "@/lib/reconciler/load-desired";
import { measuredStart, median } from "@/lib/deployments/measured-start";
import { planChange } from "@/lib/deployments/plan-change";
import { promoteCanary } from "@/lib/deployments/promote-canary";
import { retryDeployment } from "@/lib/deployments/retry-deployment";
import { rollBack } from "@/lib/deployments/roll-back";
import { createDeploymentSchema, updateDeploymentSchema } from "@/lib/deployments/schema";
import { setRunning } from "@/lib/deployments/set-running";
import { updateDeployment } from "@/lib/deployments/update-deployment";

useTestDatabase();

const input = (o: object = {}) => createDeploymentSchema.parse({ name: "iris", model: "iris", version: 1, target: "local", profile: "local-small", scaling: { min: 1, max: 1 }, ...o });
const patch = async (projectId: string, change: object) => {
  const { etag } = await getDeployment(projectId, "iris");
  return updateDeployment(tester, projectId, "iris", etag, updateDeploymentSchema.parse(change));
};

describe("creating a deployment", () => {
  it("writes row, revision, event and audit row, due at once", async () => {
    const { projectId } = await makeWorld();
    const { deployment, etag } = await createDeployment(tester, projectId, input());
    expect([deployment.phase, deployment.generation, etag, deployment.status.desiredRevision, deployment.status.stableRevision]).toEqual(["Pending", 1, "g1", 1, null]);
    expect((await listRevisions(projectId, "iris", { limit: 10 })).items).toMatchObject([{ revision: 1, version: 1, role: "desired", pricePerHour: 0.05 }]);
    expect((await listEvents(projectId, "iris", { limit: 10 })).items.map((e) => e.reason)).toEqual(["Created"]);
    expect(await db().auditEntry.count({ where: { projectId, action: "deployment.create" } })).toBe(1);
  });
  it("of one name twenty times at once makes exactly one", async () => {
    const { projectId } = await makeWorld();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => createDeployment(tester, projectId, input())));
    expect(results.filter((r) => r.status === "fulfilled").length).toBe(1);
    for (const r of results) if (r.status === "rejected") expect(r.reason).toMatchObject({ code: "already_exists" });
    expect(await db().deployment.count({ where: { projectId } })).toBe(1);
  });
  it.each([
    [{ profile: "g6-xlarge" }, "unprocessable", /Connect a cluster/],
    [{ runtime: "vllm" }, "unprocessable", /does not serve onnx/],
    [{ runtime: "triton" }, "unprocessable", /Connect a cluster/],
    [{ scaling: { min: 1, max: 21 } }, "unprocessable", /at most 20 replicas/],
    [{ secrets: { KEY: "missing" } }, "unprocessable", /no secret named "missing"/],
    [{ version: 99 }, "not_found", /version/],
    [{ model: "other" }, "not_found", /model/],
    [{ target: "other" }, "not_found", /target/],
    [{ environment: "prod" }, "not_found", /environment/],
  ])("with %j is refused in words", async (bad, code, words) => {
    const { projectId } = await makeWorld();
    await expect(createDeployment(tester, projectId, input(bad))).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
    expect(await db().deployment.count({ where: { projectId } })).toBe(0);
  });
  it.each(["quarantined", "approved"] as const)("of a version that carries code (%s) is refused on this machine", async (state) => {
    const { projectId, modelId } = await makeWorld();
    await db().modelVersion.updateMany({ where: { modelId, number: 1 }, data: { state } });
    await expect(createDeployment(tester, projectId, input())).rejects.toMatchObject({ code: "model_quarantined" });
  });
  it("refuses min above max, names with a system meaning, and unknown fields", () => {
    for (const bad of [{ scaling: { min: 2, max: 1 } }, { env: { LD_PRELOAD: "x" } }, { env: { "a-b": "x" } }, { nope: 1 }]) expect(createDeploymentSchema.safeParse({ ...input(), ...bad }).success).toBe(false);
  });
});

describe("changing a deployment", () => {
  it("scales down to zero with an idle time that stays until it is changed", async () => {
    const { projectId } = await makeWorld();
    const created = await createDeployment(tester, projectId, input({ scaling: { min: 0, max: 2 } }));
    expect(created.deployment).toMatchObject({ scaling: { min: 0, max: 2, targetConcurrency: 4, idleSecondsBeforeZero: 300 }, status: { lastStart: null } });
    expect((await patch(projectId, { scaling: { min: 0, max: 2, idleSecondsBeforeZero: 60 } })).deployment.scaling.idleSecondsBeforeZero).toBe(60);
    expect((await patch(projectId, { scaling: { min: 1, max: 2 } })).deployment.scaling).toMatchObject({ min: 1, idleSecondsBeforeZero: 60 });
    for (const scaling of [{ min: 0, max: 0 }, { min: 0, max: 1, idleSecondsBeforeZero: 4 }]) expect(createDeploymentSchema.safeParse({ ...input(), scaling }).success).toBe(false);
  });
  it("makes a revision only when what a replica is made of changes, and nothing at all when nothing does", async () => {
    const { projectId } = await makeWorld();
    await deploy(projectId);
    expect((await patch(projectId, { scaling: { min: 1, max: 3 } })).deployment).toMatchObject({ generation: 2, scaling: { max: 3 }, status: { desiredRevision: 1 } });
    expect((await patch(projectId, { version: 2 })).deployment).toMatchObject({ generation: 3, version: 2, status: { desiredRevision: 2 } });
    expect((await patch(projectId, { version: 2, scaling: { min: 1, max: 3 } })).deployment.generation).toBe(3);
    expect((await patch(projectId, { env: { A: "1" } })).deployment).toMatchObject({ generation: 4, env: { A: "1" }, status: { desiredRevision: 3 } });
    expect((await diffRevisions(projectId, "iris", 3, 1)).changes.map((c) => c.field)).toEqual(["version", "digest", "env.A"]);
  });
  it("by twenty writers with the same ETag lets exactly one through", async () => {
    const { projectId } = await makeWorld();
    await deploy(projectId);
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => updateDeployment(tester, projectId, "iris", "g1", updateDeploymentSchema.parse({ env: { N: String(i) } }))));
    expect(results.filter((r) => r.status === "fulfilled").length).toBe(1);
    for (const r of results) if (r.status === "rejected") expect(r.reason).toMatchObject({ code: "precondition_failed" });
    expect((await getDeployment(projectId, "iris")).deployment.generation).toBe(2);
    expect((await listRevisions(projectId, "iris", { limit: 50 })).items.length).toBe(2);
  });
  it("keeps revisions as they were: the role that runs may not change one", async () => {
    const { projectId } = await makeWorld();
    const id = await deploy(projectId);
    await expect(pool().query(`UPDATE "Revision" SET runtime = 'other' WHERE "deploymentId" = $1`, [id])).rejects.toThrow(/permission denied/);
  });
  it("rolls back to an earlier revision without copying it", async () => {
    const { projectId } = await makeWorld();
    await deploy(projectId);
    await patch(projectId, { version: 2 });
    expect((await rollBack(tester, projectId, "iris", 1)).deployment).toMatchObject({ version: 1, generation: 3, status: { desiredRevision: 1 } });
    expect((await listRevisions(projectId, "iris", { limit: 10 })).items.length).toBe(2);
    await expect(rollBack(tester, projectId, "iris", 9)).rejects.toMatchObject({ code: "not_found" });
  });
  it("plans a change without making it: fields, replicas and money, checked as the real one would be", async () => {
    const { projectId } = await makeWorld();
    const id = await deploy(projectId);
    const before = await db().deployment.findUniqueOrThrow({ where: { id } });
    const planned = await planChange(tester, projectId, "iris", { update: updateDeploymentSchema.parse({ version: 2, scaling: { min: 1, max: 4 } }) });
    expect(planned).toMatchObject({ from: { revision: 1, version: 1 }, to: { revision: 2, version: 2 }, impact: { to: { replicas: { min: 1, max: 4 } } } });
    expect(planned.changes).toContainEqual({ field: "version", from: 1, to: 2 });
    expect(planned.impact.to.monthlyUsd!.max).toBeCloseTo(planned.impact.to.monthlyUsd!.min * 4, 1);
    // No gateway runs here: that is told, and no error.
    expect(planned.target).toMatchObject({ objects: null, notKnown: expect.any(String) });
    await expect(planChange(tester, projectId, "iris", { update: updateDeploymentSchema.parse({ version: 99 }) })).rejects.toMatchObject({ code: "not_found" });
    await expect(planChange(tester, projectId, "iris", { rollback: { revision: 7 } })).rejects.toMatchObject({ code: "not_found" });
    expect(await db().deployment.findUniqueOrThrow({ where: { id } })).toEqual(before);
    expect(await db().revision.count({ where: { deploymentId: id } })).toBe(1);
  });
  it("a revision for a cluster keeps the measured start of its version and profile as it was known when it was made", async () => {
    const { projectId, modelId } = await makeWorld();
    const id = await deploy(projectId);
    const row = await db().deployment.findUniqueOrThrow({ where: { id } });
    const { versionId, profileId } = await db().revision.findFirstOrThrow({ where: { deploymentId: id } });
    const of = { modelId, versionId, profileId, targetKind: "local" };
    expect(await measuredStart(db(), of)).toBeNull();
    await db().deployment.update({ where: { id }, data: { status: { ...(row.status as object), lastStart: { revision: 1, at: "2026-11-01T00:00:00.000Z", seconds: 95, placedSeconds: 40 } } } });
    expect(await measuredStart(db(), of)).toBe(40);
    expect(await measuredStart(db(), { ...of, targetKind: "eks" })).toBeNull();
    expect(median([9, 1, 4, 2])).toBe(3);
    // A process of this machine has no probe to give time to.
    await patch(projectId, { env: { A: "1" } });
    expect((await db().revision.findFirstOrThrow({ where: { deploymentId: id, number: 2 } })).config).not.toHaveProperty("startSeconds");
  });
  it("a container image is a version by its digest: code that waits for approval, runs on a cluster only, and is the revision's image", async () => {
    const { projectId, modelId } = await makeWorld();
    const image = `ghcr.io/team/model@sha256:${"d".repeat(64)}`;
    const made = await createImageVersion(tester, projectId, "iris", { image: "ghcr.io/team/model:1.4" }, async (_project, asked) => {
      expect(asked.image).toBe("ghcr.io/team/model:1.4");
      return { image, tag: "1.4", digest: `sha256:${"d".repeat(64)}`, sizeBytes: 1000, platforms: ["linux/amd64"] };
    });
    expect(made).toMatchObject({ version: 4, format: "image", state: "quarantined", files: [], digest: `sha256:${"d".repeat(64)}`, source: { kind: "image", uri: image, revision: "1.4" } });
    const target = await db().target.create({ data: { slug: `c${projectId.slice(-8)}`, name: "Cluster", kind: "kubernetes" } });
    const wish = { name: "boxed", model: "iris", version: 4, target: target.slug, profile: "g6-xlarge", environment: "dev", scaling: { min: 1, max: 1 } };
    await expect(createDeployment(tester, projectId, wish)).rejects.toMatchObject({ code: "model_quarantined" });
    await approveVersion(tester, projectId, "iris", 4);
    await expect(createDeployment(tester, projectId, { ...wish, target: "local", profile: "local-small" })).rejects.toMatchObject({ code: "model_quarantined", message: expect.stringMatching(/only on a cluster/) });
    await createDeployment(tester, projectId, wish);
    const { id } = await db().deployment.findUniqueOrThrow({ where: { projectId_slug: { projectId, slug: "boxed" } } });
    const loaded = await loadDesired(id, async () => new Map());
    expect(loaded!.desired.revisions.get(1)).toMatchObject({ runtime: "image", files: [], cluster: { image } });
    expect(await db().modelVersion.count({ where: { modelId } })).toBe(4);
  });
  it("an image set on a deployment waits for the same approval, whatever registry it comes from; another project's does not count", async () => {
    const { projectId } = await makeWorld();
    const foreign = await makeWorld();
    const digest = `sha256:${"e".repeat(64)}`;
    const found = { image: `ghcr.io/team/server@${digest}`, tag: "2", digest, sizeBytes: null, platforms: null };
    for (const p of [projectId, foreign.projectId]) await createImageVersion(tester, p, "iris", { image: "ghcr.io/team/server:2" }, async () => found);
    await approveVersion(tester, foreign.projectId, "iris", 4);
    const target = await db().target.create({ data: { slug: `c${projectId.slice(-8)}`, name: "Cluster", kind: "kubernetes" } });
    const wish = { name: "own", model: "iris", version: 1, target: target.slug, profile: "g6-xlarge", environment: "dev", scaling: { min: 1, max: 1 } };
    const image = `mirror.example.com/server@${digest}`;
    const refused = { code: "model_quarantined", message: expect.stringMatching(/nobody has approved/), fields: [expect.objectContaining({ path: "image" })] };
    await expect(createDeployment(tester, projectId, { ...wish, image })).rejects.toMatchObject(refused);
    await createDeployment(tester, projectId, wish);
    await expect(updateDeployment(tester, projectId, "own", null, { image })).rejects.toMatchObject(refused);
    await approveVersion(tester, projectId, "iris", 4);
    await updateDeployment(tester, projectId, "own", null, { image });
    const { id } = await db().deployment.findUniqueOrThrow({ where: { projectId_slug: { projectId, slug: "own" } } });
    expect((await loadDesired(id, async () => new Map()))!.desired.revisions.get(2)).toMatchObject({ cluster: { image } });
    // A revision from before this rule is not gone back to either.
    await updateDeployment(tester, projectId, "own", null, { image: null });
    await db().modelVersion.updateMany({ where: { digest, model: { projectId } }, data: { state: "quarantined" } });
    await expect(rollBack(tester, projectId, "own", 2)).rejects.toMatchObject(refused);
    await rollBack(tester, projectId, "own", 1);
  });
  it("knows when there is no canary to start, promote or give up", async () => {
    const { projectId } = await makeWorld();
    const id = await deploy(projectId);
    await expect(patch(projectId, { version: 2, canaryWeight: 10 })).rejects.toMatchObject({ code: "unprocessable" });
    await expect(promoteCanary(tester, projectId, "iris")).rejects.toMatchObject({ code: "conflict" });
    await expect(abortRollout(tester, projectId, "iris")).rejects.toMatchObject({ code: "conflict" });
    await db().deployment.update({ where: { id }, data: { stableRevision: 1 } });
    expect((await patch(projectId, { version: 2, canaryWeight: 10 })).deployment.status).toMatchObject({ canaryWeight: 10, desiredRevision: 2 });
    expect((await abortRollout(tester, projectId, "iris")).deployment.status).toMatchObject({ canaryWeight: null, desiredRevision: 1 });
  });
  it("writes down a canary's plan once, holds it when asked, and ends it with the canary", async () => {
    const { projectId } = await makeWorld();
    const id = await deploy(projectId);
    await db().deployment.update({ where: { id }, data: { stableRevision: 1 } });
    const canary = { steps: [5, 50], minRequests: 10, errorRate: { max: 0.02 } };
    await expect(patch(projectId, { canary })).rejects.toMatchObject({ code: "unprocessable" });
    const begun = (await patch(projectId, { version: 2, canary })).deployment;
    expect(begun.status).toMatchObject({ canaryWeight: 5, desiredRevision: 2, canary: { revision: 2, state: "running", step: 1, weight: 5, plan: { ...canary, stepSeconds: 300 } } });
    expect((await patch(projectId, { version: 2, canary })).deployment.generation).toBe(begun.generation);
    expect((await pauseCanary(tester, projectId, "iris", true)).deployment.status.canary).toMatchObject({ state: "paused" });
    expect((await pauseCanary(tester, projectId, "iris", true)).deployment.generation).toBe(begun.generation + 1);
    expect((await pauseCanary(tester, projectId, "iris", false)).deployment.status.canary).toMatchObject({ state: "running" });
    expect((await patch(projectId, { canaryWeight: 20 })).deployment.status).toMatchObject({ canaryWeight: 20, canary: null });
    await expect(pauseCanary(tester, projectId, "iris", true)).rejects.toMatchObject({ code: "conflict" });
    expect((await patch(projectId, { canary })).deployment.status).toMatchObject({ canaryWeight: 5 });
    expect((await abortRollout(tester, projectId, "iris")).deployment.status).toMatchObject({ canaryWeight: null, canary: null, desiredRevision: 1 });
  });
  it("stops, starts and retries; what is being deleted is left alone", async () => {
    const { projectId } = await makeWorld();
    await deploy(projectId);
    expect((await setRunning(tester, projectId, "iris", false)).deployment).toMatchObject({ desiredState: "stopped", generation: 2 });
    expect((await setRunning(tester, projectId, "iris", false)).deployment.generation).toBe(2);
    expect((await setRunning(tester, projectId, "iris", true)).deployment).toMatchObject({ desiredState: "running", generation: 3 });
    expect((await retryDeployment(tester, projectId, "iris")).deployment.generation).toBe(4);
    expect(await deleteDeployment(tester, projectId, "iris")).toMatchObject({ phase: "Deleting" });
    expect(await deleteDeployment(tester, projectId, "iris")).toMatchObject({ phase: "Deleting", generation: 5 });
    await expect(patch(projectId, { version: 2 })).rejects.toMatchObject({ code: "conflict" });
    await expect(setRunning(tester, projectId, "iris", true)).rejects.toMatchObject({ code: "conflict" });
  });
});

it("another project's deployment is as unknown as one that does not exist", async () => {
  const mine = await makeWorld();
  const theirs = await makeWorld();
  await deploy(theirs.projectId);
  for (const verb of [
    () => getDeployment(mine.projectId, "iris"), () => deleteDeployment(tester, mine.projectId, "iris"), () => rollBack(tester, mine.projectId, "iris", 1),
    () => updateDeployment(tester, mine.projectId, "iris", "g1", { version: 2 }), () => listRevisions(mine.projectId, "iris", { limit: 1 }), () => listEvents(mine.projectId, "iris", { limit: 1 }),
    () => diffRevisions(mine.projectId, "iris", 1), () => setRunning(tester, mine.projectId, "iris", false), () => retryDeployment(tester, mine.projectId, "iris"),
  ]) await expect(verb()).rejects.toMatchObject({ code: "not_found", message: "There is no such deployment, or you have no access to it." });
  expect((await getDeployment(theirs.projectId, "iris")).deployment.generation).toBe(1);
});

it("lists page by page in each order, every deployment once, filtered and searched", async () => {
  const { projectId } = await makeWorld();
  const names = ["alpha", "bravo", "bravo-2", "delta", "echo"];
  for (const name of names) await deploy(projectId, name);
  await db().deployment.updateMany({ where: { projectId, slug: { in: ["alpha", "echo"] } }, data: { phase: "Ready" } });
  for (const sort of ["createdAt", "name", "phase"]) {
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await listDeployments(projectId, listDeploymentsQuery.parse({ sort, limit: 2, cursor }));
      seen.push(...page.items.map((d) => d.name));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect([...seen].sort(), sort).toEqual(names);
    if (sort === "createdAt") expect(seen).toEqual([...names].reverse());
  }
  const names_ = async (query: object) => (await listDeployments(projectId, listDeploymentsQuery.parse({ sort: "name", ...query }))).items.map((d) => d.name);
  expect(await names_({ search: "bravo" })).toEqual(["bravo", "bravo-2"]);
  expect(await names_({ phase: "Ready" })).toEqual(["alpha", "echo"]);
  expect(await names_({ model: "iris", environment: "dev", phase: "Pending" })).toEqual(["bravo", "bravo-2", "delta"]);
  expect(await names_({ model: "none" })).toEqual([]);
});
