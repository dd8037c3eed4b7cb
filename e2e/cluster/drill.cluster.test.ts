import { afterAll, beforeAll, expect } from "vitest";
import { eventually } from "@/e2e/cluster/eventually";
import { makeTarget, settingsOf } from "@/e2e/cluster/make-target";
import { revisionOf, specOf } from "@/e2e/cluster/specs";
import { kubectl, kubectlJson, kwokTest, ownCluster } from "@/e2e/cluster/under-test";
import { createTestDatabase, type TestDatabase } from "@/e2e/test-database";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { listEvents } from "@/lib/deployments/list-events";
import { listDrills } from "@/lib/drills/list-drills";
import { runDrills } from "@/lib/drills/run-drills";
import { startDrill } from "@/lib/drills/start-drill";
import { deploy, makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";
import type { KubernetesTarget } from "@/lib/targets/kubernetes/kubernetes-target";
import { LABEL } from "@/lib/targets/kubernetes/labels";
import type { DeploymentSpec } from "@/lib/targets/target";

const settings = settingsOf();
let database: TestDatabase;
let target: KubernetesTarget;
beforeAll(async () => {
  database = await createTestDatabase();
  Object.assign(process.env, { DATABASE_URL: database.appUrl, DATABASE_MIGRATION_URL: database.migrationUrl });
});
afterAll(async () => {
  target?.close();
  kubectl(["delete", "namespace", "-l", `${LABEL.instance}=${settings.instance}`, "--ignore-not-found", "--wait=false"]);
  await db().$disconnect();
  await pool().end();
  await database.drop();
});

const cordoned = () => kubectlJson<{ items: { metadata: { name: string }; spec: { unschedulable?: boolean } }[] }>(["get", "nodes"]).items.filter((n) => n.spec.unschedulable).map((n) => n.metadata.name);

kwokTest("a drill takes a node away within the disruption budget, measures the recovery and gives the node back", async () => {
  target = makeTarget(ownCluster().kubeconfig, settings);
  const { projectId } = await makeWorld();
  const id = await deploy(projectId);
  const row = await db().deployment.update({ where: { id }, data: { phase: "Ready" }, include: { project: true } });
  await db().target.update({ where: { id: row.targetId }, data: { kind: "kubernetes" } });
  const ref = { id, project: row.project.slug, projectId, deployment: row.slug };
  const spec: DeploymentSpec = specOf([revisionOf(1)], { ref, scaling: { min: 2, max: 2, targetConcurrency: 4 } });
  await target.apply(spec);
  await eventually(async () => expect((await target.drain.look(ref)).filter((r) => r.ready)).toHaveLength(2));
  const before = await target.drain.look(ref);
  const budget = kubectlJson<{ items: { metadata: { name: string; namespace: string } }[] }>(["get", "pdb", "-A", "-l", `${LABEL.deploymentId}=${id}`]).items[0]!.metadata;
  const allow = (unavailable: number) => kubectl(["patch", "pdb", budget.name, "-n", budget.namespace, "--type=merge", "-p", JSON.stringify({ spec: { maxUnavailable: unavailable } })]);
  const once = () => runDrills({ drainOf: () => target.drain });
  const newest = async () => (await listDrills(projectId, row.slug))[0]!;

  allow(0);
  await eventually(() => expect(kubectlJson<{ status: { disruptionsAllowed: number } }>(["get", "pdb", budget.name, "-n", budget.namespace]).status.disruptionsAllowed).toBe(0));
  await expect(startDrill(tester, projectId, row.slug, "other")).rejects.toMatchObject({ code: "unprocessable" });
  await startDrill(tester, projectId, row.slug, row.slug);
  await expect(startDrill(tester, projectId, row.slug, row.slug)).rejects.toMatchObject({ code: "conflict" });
  await eventually(async () => {
    await once();
    expect((await newest()).blockedBy).toMatch(/disruption budget/);
  });
  expect(cordoned()).toEqual([(await newest()).node]);
  expect(await target.drain.look(ref)).toEqual(before);

  allow(1);
  await eventually(async () => {
    await once();
    expect((await newest()).state).toBe("done");
  });
  const drill = await newest();
  expect(drill).toMatchObject({ failure: null, recoverySeconds: expect.any(Number), newReplica: expect.any(String) });
  const after = await target.drain.look(ref);
  expect(after.filter((r) => r.ready && r.node !== drill.node)).toHaveLength(2);
  expect(after.map((r) => r.id)).toContain(drill.newReplica);
  expect(cordoned()).toEqual([]);
  const events = (await listEvents(projectId, row.slug, { limit: 20 })).items;
  expect(events.find((e) => e.reason === "DrillFinished")!.message).toContain(`Node ${drill.node} was drained`);
  expect(await db().auditEntry.count({ where: { projectId, action: "deployment.drill" } })).toBe(1);
  console.info(`drill: ${drill.replicasTaken} of 2 replicas taken, recovered in ${drill.recoverySeconds} s, not served for ${drill.unservedSeconds} s`);
});
