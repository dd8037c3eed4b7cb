import fs from "node:fs";
import { afterAll, beforeAll, expect, inject } from "vitest";
import { eventually } from "@/e2e/cluster/eventually";
import { KillProxy, type Phase } from "@/e2e/cluster/kill-proxy";
import { RequestLog } from "@/e2e/cluster/requests";
import { FAULT_VARIABLE } from "@/e2e/cluster/stages";
import { kubectl, kubectlJson, kwokTest } from "@/e2e/cluster/under-test";
import { objectsOf, operator, WorkerRig } from "@/e2e/cluster/worker-rig";
import { db } from "@/lib/db/client";
import { createDeployment } from "@/lib/deployments/create-deployment";
import { deleteDeployment } from "@/lib/deployments/delete-deployment";
import { promoteCanary } from "@/lib/deployments/promote-canary";
import { rollBack } from "@/lib/deployments/roll-back";
import { updateDeployment } from "@/lib/deployments/update-deployment";
import { loadDesired } from "@/lib/reconciler/load-desired";
import { LABEL } from "@/lib/targets/kubernetes/labels";
import { anchorName } from "@/lib/targets/kubernetes/applied-state";
import { renderDeployment } from "@/lib/targets/kubernetes/manifests/render";
import { settingsOf } from "@/lib/targets/kubernetes/settings-of";
import { TARGET_ROW, targetOf } from "@/lib/targets/registry";
import { specHash } from "@/lib/targets/spec-hash";
import type { DeploymentSpec } from "@/lib/targets/target";

// The product's own workers against the real control plane; the database and the verbs are the product's too.
const OPERATIONS = ["create", "change", "roll back", "delete"] as const;
type Operation = (typeof OPERATIONS)[number];

let proxy: KillProxy;
let rig: WorkerRig;
beforeAll(async () => {
  if (!inject("cluster").own) return;
  proxy = await KillProxy.start();
  rig = await WorkerRig.start(proxy.kubeconfig());
});
afterAll(async () => {
  await rig?.dispose();
  await proxy?.stop();
});

async function operate(operation: Operation, slug: string): Promise<void> {
  const p = rig.projectId;
  if (operation === "create") await createDeployment(operator, p, { name: slug, model: "iris", version: 1, target: "cluster", profile: "cluster-small", environment: "dev", scaling: { min: 1, max: 1 } });
  else if (operation === "change") await updateDeployment(operator, p, slug, null, { env: { TURN: "2" } });
  else if (operation === "roll back") await rollBack(operator, p, slug, 1);
  else await deleteDeployment(operator, p, slug);
}

const idOf = async (slug: string) => (await db().deployment.findUniqueOrThrow({ where: { projectId_slug: { projectId: rig.projectId, slug } }, select: { id: true } })).id;
const targetRow = () => db().target.findUniqueOrThrow({ where: { slug: "cluster" }, select: TARGET_ROW });

/** The state a worker that nobody disturbs leaves: every object that is rendered, as it was applied, and no other. */
async function expectAsRendered(id: string): Promise<void> {
  const loaded = await loadDesired(id, async () => new Map());
  if (!loaded) return expect(objectsOf(id)).toEqual([]);
  const { desired } = loaded;
  const spec: DeploymentSpec = { ref: desired.ref, generation: desired.generation, public: desired.public, scaling: desired.scaling, cluster: desired.cluster, revisions: [{ ...desired.revisions.get(desired.desiredRevision)!, weight: 100 }] };
  const row = await targetRow();
  const rendered = renderDeployment(spec, settingsOf(row)).filter((o) => o.metadata.labels?.[LABEL.deploymentId] === id).map((o) => `${o.kind} ${o.metadata.name}`);
  expect(objectsOf(id)).toEqual([...rendered, `ConfigMap ${anchorName(id)}`].sort());
  expect((await targetOf(row).observeAll()).get(id)).toMatchObject({ exists: true, specHash: specHash(spec) });
}

kwokTest("killed with -9 at every write of creating, changing, rolling back and deleting: the end is the same, and nothing is left", async () => {
  const every = process.env.PROVE_KILLS === "all";
  // For the case study: what each kill met, and how long a new worker took (scripts/studies/cluster-kills.ts).
  const met: { operation: Operation; nth: number; phase: Phase; write: string; seconds: number }[] = [];
  const writes: Record<Operation, number> = { create: 0, change: 0, "roll back": 0, delete: 0 };
  for (let nth = 1, more = true; more; nth++) {
    more = false;
    // At first each is the last of its project and takes the namespace along; from then on one stays, so that none waits for a namespace to go.
    if (nth === 4) {
      rig.worker();
      await operate("create", "stays");
      await rig.settled(await idOf("stays"));
    }
    for (const phase of (every ? ["before", "after"] : [nth % 2 ? "after" : "before"]) as Phase[]) {
      const slug = `k${nth}-${phase}`;
      let id = "";
      for (const operation of OPERATIONS) {
        const worker = rig.worker();
        let killed: Promise<void> | null = null;
        let write = "";
        proxy.arm(nth, phase, (w) => { write = w; killed = rig.kill(worker); });
        await operate(operation, slug);
        if (operation === "create") id = await idOf(slug);
        await Promise.race([rig.settled(id), eventually(() => expect(killed).not.toBeNull(), 240)]);
        proxy.disarm();
        if (killed) {
          await (killed as Promise<void>);
          writes[operation] = Math.max(writes[operation], nth);
          more = true;
          const began = performance.now();
          rig.worker();
          await rig.settled(id);
          met.push({ operation, nth, phase, write, seconds: Number(((performance.now() - began) / 1000).toFixed(2)) });
        }
        await expectAsRendered(id);
      }
      expect(await db().deployment.count({ where: { id } })).toBe(0);
    }
  }
  console.log(`killed at writes 1 to … of each operation: ${JSON.stringify(writes)}, ${rig.kills} kills`);
  if (process.env.STUDY_FILE) fs.writeFileSync(process.env.STUDY_FILE, JSON.stringify(met));
  expect(writes.create).toBeGreaterThan(8);
  expect(writes.change).toBeGreaterThan(3);
  expect(writes["roll back"]).toBeGreaterThan(3);
  expect(writes.delete).toBeGreaterThan(0);
  const last = await idOf("stays");
  await operate("delete", "stays");
  await rig.settled(last);
  // The namespace went with the last of them.
  const { instance } = settingsOf(await targetRow());
  await eventually(() => expect(kubectlJson(["get", "namespaces", "-l", `${LABEL.instance}=${instance}`]).items).toEqual([]));
}, 1_800_000);

kwokTest("two workers at once make one of everything, and writes stop once it stands", async () => {
  const workers = [rig.worker(), rig.startWorker()];
  const slugs = Array.from({ length: 6 }, (_, i) => `two-${i}`);
  await Promise.all(slugs.map((slug) => operate("create", slug)));
  const ids = await Promise.all(slugs.map(idOf));
  await Promise.all(ids.map((id) => rig.settled(id)));
  await Promise.all(slugs.map((slug) => operate("change", slug)));
  await Promise.all(ids.map((id) => rig.settled(id)));
  for (const id of ids) await expectAsRendered(id);
  const log = new RequestLog();
  // Read only when everything is held against the cluster: each worker has done that by then, and the first of them twice.
  await eventually(() => expect(log.read().filter((r) => r.verb === "list" && r.resource === "resourcequotas").length).toBeGreaterThanOrEqual(3));
  expect(log.writes()).toEqual([]);
  await Promise.all(slugs.map((slug) => operate("delete", slug)));
  await Promise.all(ids.map((id) => rig.settled(id)));
  await rig.kill(workers[1]!);
});

kwokTest("a canary holds its share, and is promoted or rolled back; a revision that fails leaves the old one serving", async () => {
  rig.worker();
  await operate("create", "canary");
  const id = await idOf("canary");
  await rig.settled(id);
  const status = async () => db().deployment.findUniqueOrThrow({ where: { id } });
  const weights = async () => ((await targetOf(await targetRow()).observe((await loadDesired(id, async () => new Map()))!.desired.ref)) as { revisions: { n: number; weight: number; ready: number }[] }).revisions.map((r) => [r.n, r.weight, r.ready]);
  await updateDeployment(operator, rig.projectId, "canary", null, { env: { TURN: "2" }, canaryWeight: 20 });
  await eventually(async () => expect(await weights()).toEqual([[1, 80, 1], [2, 20, 1]]));
  await promoteCanary(operator, rig.projectId, "canary");
  await rig.settled(id);
  expect(await weights()).toEqual([[2, 100, 1]]);
  await updateDeployment(operator, rig.projectId, "canary", null, { env: { TURN: "3" }, canaryWeight: 20 });
  await eventually(async () => expect(await weights()).toEqual([[2, 80, 1], [3, 20, 1]]));
  await rollBack(operator, rig.projectId, "canary", 2);
  await rig.settled(id);
  expect(await weights()).toEqual([[2, 100, 1]]);
  await updateDeployment(operator, rig.projectId, "canary", null, { env: { TURN: "4", [FAULT_VARIABLE]: "load" } });
  await eventually(async () => expect((await status()).phase).toBe("Failed"));
  await eventually(async () => expect(await weights()).toEqual([[2, 100, 1]]));
  expect((await status()).stableRevision).toBe(2);
  await operate("delete", "canary");
  await rig.settled(id);
});

kwokTest("what is deleted by hand comes back by itself", async () => {
  rig.worker();
  await operate("create", "drift");
  const id = await idOf("drift");
  await rig.settled(id);
  const [deployment] = kubectlJson<{ items: { metadata: { name: string; namespace: string; uid: string } }[] }>(["get", "deployments", "-A", "-l", `${LABEL.deploymentId}=${id}`]).items;
  kubectl(["delete", "deployment", deployment!.metadata.name, "-n", deployment!.metadata.namespace]);
  await eventually(async () => {
    const [again] = kubectlJson<{ items: { metadata: { uid: string } }[] }>(["get", "deployments", "-A", "-l", `${LABEL.deploymentId}=${id}`]).items;
    expect(again).toBeDefined();
    expect(again!.metadata.uid).not.toBe(deployment!.metadata.uid);
  });
  await rig.settled(id);
  await expectAsRendered(id);
  expect((await db().deploymentEvent.findMany({ where: { deploymentId: id } })).map((e) => e.reason)).toContain("Drifted");
  await operate("delete", "drift");
  await rig.settled(id);
});
