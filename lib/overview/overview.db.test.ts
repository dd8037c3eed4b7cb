import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { artifactStore } from "@/lib/artifacts/artifact-store";
import { systemActor, type Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { getOverview } from "@/lib/overview/get-overview";
import { overviewSchema } from "@/lib/overview/schema";
import { deploy, makeWorld } from "@/lib/reconciler/__fixtures__/deploy-world";
import { createSample } from "@/lib/samples/create-sample";

const owner = systemActor("test");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-overview-"));
useTestDatabase({ SLIPWAY_DATA_DIR: folder });
afterAll(() => fs.rmSync(folder, { recursive: true }));

const memberOf = (projectId: string, role: "viewer" | "deployer"): Actor => ({ ...owner, kind: "user", id: "bob", label: "Bob", userId: "bob", instanceRole: null, memberships: new Map([[projectId, role]]) });

describe("the sample", () => {
  const project = async (quotaBytes = 1n << 30n) => {
    const slug = `s${randomUUID().slice(0, 8)}`;
    return (await db().project.create({ data: { slug, name: slug, quotaBytes } })).id;
  };

  it("is a model and a version that takes what its example says; asked for again, it is the same one", async () => {
    const projectId = await project();
    const first = await createSample(owner, projectId, { name: "iris" });
    expect(first).toMatchObject({ created: true, sample: { model: { name: "iris" }, version: { version: 1, state: "accepted", format: "onnx", source: { kind: "sample", sample: "iris" } } } });
    const takes = first.sample.version.signature!.inputs.map((i) => [i.name, i.datatype]);
    expect(first.sample.example.inputs.map((i) => [i.name, i.datatype])).toEqual(takes);
    const again = await createSample(owner, projectId, { name: "iris" });
    expect([again.created, again.sample.version.digest]).toEqual([false, first.sample.version.digest]);
    expect(await db().modelVersion.count({ where: { model: { projectId } } })).toBe(1);
  });

  it("is finished where a crash left its model without a version, and never put into somebody's own model", async () => {
    const projectId = await project();
    await db().model.create({ data: { projectId, slug: "iris", name: "Iris (sample)" } });
    expect((await createSample(owner, projectId, { name: "iris" })).sample.version.version).toBe(1);
    const { projectId: theirs } = await makeWorld();
    await expect(createSample(owner, theirs, { name: "iris" })).rejects.toMatchObject({ code: "already_exists" });
    expect((await createSample(owner, theirs, { name: "iris-sample" })).created).toBe(true);
  });

  it("that the quota has no room for leaves no version and no file", async () => {
    const projectId = await project(10n);
    const before = fs.readdirSync(artifactStore().root, { recursive: true }).length;
    await expect(createSample(owner, projectId, { name: "iris" })).rejects.toMatchObject({ code: "quota_exceeded" });
    expect(await db().modelVersion.count({ where: { model: { projectId } } })).toBe(0);
    expect(fs.readdirSync(artifactStore().root, { recursive: true }).filter((f) => /[0-9a-f]{8}-/.test(String(f))).length).toBeLessThanOrEqual(before);
  });
});

describe("the overview", () => {
  it("counts what is there in each project, says what needs somebody, and what happened", async () => {
    const { projectId, slug } = await makeWorld();
    const failed = await deploy(projectId, "broken");
    await deploy(projectId, "fine");
    await db().deployment.update({ where: { id: failed }, data: { phase: "Failed", status: { message: "It cannot load." }, statusChangedAt: new Date("2026-11-02T00:00:00Z") } });
    await db().modelVersion.updateMany({ where: { model: { projectId }, number: 2 }, data: { state: "quarantined" } });
    await db().upload.createMany({ data: [
      { id: randomUUID(), projectId, actorId: owner.id, sizeBytes: 2048n, metadata: { filename: "mine.onnx" } }, { id: randomUUID(), projectId, actorId: "somebody else", sizeBytes: 1n, metadata: { filename: "theirs.onnx" } },
      { id: randomUUID(), projectId, actorId: owner.id, sizeBytes: 1n, metadata: { filename: "running.onnx" }, leaseHolder: "x", leaseUntil: new Date(Date.now() + 60_000) },
    ] });
    const overview = await getOverview(owner);
    expect(overviewSchema.parse(overview)).toEqual(overview);
    expect(overview.projects.find((p) => p.project === slug)).toMatchObject({ models: 1, deployments: 2, phases: { Failed: 1, Pending: 1 }, mayDeploy: true });
    const own = overview.attention.filter((a) => a.project === slug).map((a) => [a.kind, a.subject]);
    expect(own).toEqual([["failed", "broken"], ["quarantined", "iris"], ["upload", "mine.onnx"]]);
    expect(overview.attention.find((a) => a.subject === "broken" && a.project === slug)).toMatchObject({ message: "It cannot load.", since: "2026-11-02T00:00:00.000Z" });
    expect(overview.activity.filter((a) => a.project === slug).map((a) => a.subject)).toEqual(["fine", "broken"]);
  });

  it("shows a member their project alone, by its deployments' events, and nothing that only others may decide", async () => {
    const [mine, other] = [await makeWorld(), await makeWorld()];
    for (const { projectId } of [mine, other]) await deploy(projectId);
    await db().modelVersion.updateMany({ where: { model: { projectId: mine.projectId }, number: 2 }, data: { state: "quarantined" } });
    const seen = await getOverview(memberOf(mine.projectId, "viewer"));
    expect(seen.projects.map((p) => [p.project, p.mayDeploy])).toEqual([[mine.slug, false]]);
    expect([seen.mayCreateProject, seen.attention]).toEqual([false, []]);
    expect(seen.activity.map((a) => [a.project, a.subject, a.by])).toEqual([[mine.slug, "iris", null]]);
    expect(JSON.stringify(seen)).not.toContain(other.slug);
    expect((await getOverview(memberOf(mine.projectId, "deployer"))).projects[0]?.mayDeploy).toBe(true);
  });

  it("of somebody without a project is empty, not an error", async () => {
    const seen = await getOverview({ ...memberOf("", "viewer"), memberships: new Map() });
    expect([seen.projects, seen.attention, seen.activity]).toEqual([[], [], []]);
  });
});
