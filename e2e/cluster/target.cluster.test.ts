import { afterAll, beforeAll, describe, expect, inject } from "vitest";
import { eventually } from "@/e2e/cluster/eventually";
import { makeTarget, settingsOf } from "@/e2e/cluster/make-target";
import { RequestLog } from "@/e2e/cluster/requests";
import { revisionOf, specOf } from "@/e2e/cluster/specs";
import { apply, kubectl, kubectlJson, kwokTest } from "@/e2e/cluster/under-test";
import { proofCount, reportProof } from "@/e2e/report-proof";
import type { KubernetesTarget } from "@/lib/targets/kubernetes/kubernetes-target";
import { LABEL } from "@/lib/targets/kubernetes/labels";
import { namespaceName, revisionName } from "@/lib/targets/kubernetes/names";
import { specHash } from "@/lib/targets/spec-hash";
import type { DeploymentSpec, Observation } from "@/lib/targets/target";

const settings = settingsOf();
const onKarpenter = settingsOf({ nodes: "karpenter" });
let target: KubernetesTarget;
let gpuTarget: KubernetesTarget;
beforeAll(async () => {
  target = makeTarget(inject("cluster").kubeconfig, settings);
  gpuTarget = makeTarget(inject("cluster").kubeconfig, onKarpenter);
  // The namespace goes with the last deployment in it, and while it goes nothing can be made there: one stays.
  if (inject("cluster").own) await target.apply(specOf([revisionOf(1)], { scaling: { min: 0, max: 0, targetConcurrency: 1 } }));
});
afterAll(() => {
  for (const t of [target, gpuTarget]) t.close();
  for (const s of [settings, onKarpenter]) kubectl(["delete", "namespace", "-l", `${LABEL.instance}=${s.instance}`, "--ignore-not-found", "--wait=false"]);
});

type Present = Extract<Observation, { exists: true }>;
const until = (t: KubernetesTarget, spec: DeploymentSpec, wish: (o: Present) => boolean, seconds?: number) => eventually(async () => {
  const o = await t.observe(spec.ref);
  if (!o.exists || !wish(o)) throw new Error(`not reached: ${JSON.stringify(o)}`);
  return o;
}, seconds);
const namespaceOf = (spec: DeploymentSpec, s = settings) => namespaceName(spec.ref, s);
/** What the reconciler does: applies again while the target says that something is not as it should be. */
const settle = (t: KubernetesTarget, spec: DeploymentSpec, wish: (o: Present) => boolean = (o) => (o.revisions[0]?.ready ?? 0) > 0) => eventually(async () => {
  const o = await t.observe(spec.ref);
  if (o.exists && o.specHash === specHash(spec) && wish(o)) return o;
  if (!o.exists || o.specHash !== specHash(spec)) await t.apply(spec);
  throw new Error(`not settled: ${JSON.stringify(o)}`);
});

describe("on a real control plane", () => {
  kwokTest("a GPU deployment runs on the machine of its profile, which Karpenter's provider makes as spot and takes away again", async () => {
    const spec = specOf([revisionOf(1, { gpu: "g6.xlarge" })]);
    const o = await settle(gpuTarget, spec);
    const [pod] = kubectlJson<{ items: { spec: { nodeName: string } }[] }>(["get", "pods", "-n", namespaceOf(spec, onKarpenter), "-l", `${LABEL.deploymentId}=${spec.ref.id}`]).items;
    const node = kubectlJson<{ metadata: { labels: Record<string, string> } }>(["get", "node", pod!.spec.nodeName]);
    expect(node.metadata.labels).toMatchObject({ "node.kubernetes.io/instance-type": "g6.xlarge", "karpenter.sh/capacity-type": "spot", "karpenter.sh/nodepool": "gpu-spot" });
    expect(o.conditions).toContainEqual(expect.objectContaining({ type: "Scheduled", status: "True" }));
    await gpuTarget.remove(spec.ref);
    await eventually(async () => expect(await gpuTarget.observe(spec.ref)).toEqual({ exists: false }));
    await eventually(() => expect(kubectlJson<{ items: { metadata: { name: string } }[] }>(["get", "nodes"]).items.map((n) => n.metadata.name)).not.toContain(pod!.spec.nodeName));
  });

  kwokTest("a machine that no pool offers leaves the replica waiting, in the scheduler's words", async () => {
    const spec = specOf([revisionOf(1, { gpu: "p6.superlarge" })]);
    await gpuTarget.apply(spec);
    const o = await until(gpuTarget, spec, (x) => x.conditions.some((c) => c.type === "Scheduled" && c.status === "False"));
    expect(o.conditions.find((c) => c.type === "Scheduled")).toMatchObject({ reason: "Unschedulable", message: expect.stringMatching(/node\(s\)/) });
    expect(o.revisions[0]).toMatchObject({ ready: 0, starting: 1 });
    await gpuTarget.remove(spec.ref);
  });

  kwokTest("the autoscaler sets the number of replicas, and applying again leaves it", async () => {
    const spec = specOf([revisionOf(1)], { scaling: { min: 1, max: 3, targetConcurrency: 4 } });
    await settle(target, spec);
    const use = (cpu: string) => kubectl(["annotate", "pods", "-n", namespaceOf(spec), "-l", `${LABEL.deploymentId}=${spec.ref.id}`, `kwok.x-k8s.io/usage-cpu=${cpu}`, "--overwrite"]);
    use("5");
    const o = await until(target, spec, (x) => x.revisions[0]?.wanted === 3 && x.revisions[0].ready === 3, 240);
    expect(o.conditions).toContainEqual(expect.objectContaining({ type: "Autoscaling", status: "True" }));
    expect(o.specHash).toBe(specHash(spec));
    await target.apply(spec);
    expect((await target.observe(spec.ref) as Present).revisions[0]?.wanted).toBe(3);
    await target.remove(spec.ref);
  });

  kwokTest("a quota that refuses pods is named", async () => {
    const spec = specOf([revisionOf(1)]);
    const first = specOf([revisionOf(1)]);
    await settle(target, first);
    apply({ apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "tight", namespace: namespaceOf(spec) }, spec: { hard: { pods: "1" } } });
    await target.apply(spec);
    const o = await until(target, spec, (x) => x.revisions[0]?.lastError != null);
    expect(o.revisions[0]).toMatchObject({ ready: 0, lastError: { reason: "Unplaceable", message: expect.stringMatching(/exceeded quota: tight/) } });
    kubectl(["delete", "resourcequota", "tight", "-n", namespaceOf(spec)]);
    await settle(target, spec);
    await target.remove(spec.ref);
    await target.remove(first.ref);
  });

  kwokTest("each fault is told in its own words", async () => {
    const wanted = { crash: ["Crashed", /cycle at node 7/], load: ["LoadFailed", /Protobuf parsing failed/], oom: ["OutOfMemory", /memory/], image: ["Unplaceable", /cannot be had/] } as const;
    await Promise.all(Object.entries(wanted).map(async ([fault, [reason, message]]) => {
      const spec = specOf([revisionOf(1, { fault: fault as keyof typeof wanted })]);
      await target.apply(spec);
      const o = await until(target, spec, (x) => x.revisions[0]?.lastError != null);
      expect(o.revisions[0]?.lastError).toMatchObject({ reason, message: expect.stringMatching(message) });
      await target.remove(spec.ref);
    }));
  });

  kwokTest("what somebody edits or deletes by hand is seen at once and put right", async () => {
    const spec = specOf([revisionOf(1)]);
    await settle(target, spec);
    const { cursor } = await target.changes(null);
    const name = revisionName(spec.ref, 1);
    const inNamespace = ["-n", namespaceOf(spec)];
    kubectl(["patch", "deployment", name, ...inNamespace, "--type=merge", "-p", JSON.stringify({ spec: { template: { spec: { containers: [{ name: "server", image: "evil:1" }] } } } })]);
    kubectl(["delete", "service", name, ...inNamespace]);
    await eventually(async () => expect((await target.changes(cursor)).ids ?? [spec.ref.id]).toContain(spec.ref.id));
    const o = await until(target, spec, (x) => x.specHash !== specHash(spec));
    expect(o.conditions).toContainEqual(expect.objectContaining({ type: "Drifted", status: "True" }));
    await settle(target, spec);
    expect(kubectl(["get", "deployment", name, ...inNamespace, "-o", "jsonpath={.spec.template.spec.containers[0].image}"])).toBe(settings.modelServerImage);
    expect(kubectl(["get", "service", name, ...inNamespace, "-o", "name"])).toContain(name);
    await target.remove(spec.ref);
  });

  kwokTest("removing takes exactly what was made: what others put into the namespace stays, and keeps it", async () => {
    const spec = specOf([revisionOf(1)], { ref: { ...specOf([]).ref, projectId: "0190a000-0000-7000-8000-0000000000bb" } });
    await settle(target, spec);
    apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "mine", namespace: namespaceOf(spec) }, data: { a: "b" } });
    await target.remove(spec.ref);
    await eventually(async () => expect(await target.observe(spec.ref)).toEqual({ exists: false }));
    const kinds = "deployments,replicasets,pods,services,secrets,configmaps,networkpolicies,poddisruptionbudgets,horizontalpodautoscalers,httproutes,podmonitors,securitypolicies";
    await eventually(() => expect(kubectlJson<{ items: { metadata: { name: string } }[] }>(["get", kinds, "-A", "-l", `${LABEL.deploymentId}=${spec.ref.id}`]).items).toEqual([]));
    expect(kubectl(["get", "configmap", "mine", "-n", namespaceOf(spec), "-o", "jsonpath={.data.a}"])).toBe("b");
  });
});

const isFirstPage = (r: { uri: string }) => !r.uri.includes("continue=");

describe("many deployments", () => {
  const count = proofCount("PROVE_DEPLOYMENTS", 100);
  kwokTest(`${count}, then a pass with nothing to do: no write, and at most one list a kind`, async () => {
    const many = makeTarget(inject("cluster").kubeconfig, settingsOf());
    const specs = Array.from({ length: count }, () => specOf([revisionOf(1)]));
    // As many at once as a worker takes.
    const eachOf = async (work: (spec: DeploymentSpec) => Promise<void>) => {
      const queue = [...specs];
      await Promise.all(Array.from({ length: 8 }, async () => {
        for (let spec = queue.pop(); spec; spec = queue.pop()) await work(spec);
      }));
    };
    const began = Date.now();
    await eachOf((spec) => many.apply(spec));
    const all = await eventually(async () => {
      const found = await many.observeAll();
      expect([...found.values()].filter((o) => o.exists && o.revisions[0]?.ready === 1)).toHaveLength(specs.length);
      return found;
    }, 600);
    const seconds = Math.round((Date.now() - began) / 1000);
    for (const spec of specs) expect(all.get(spec.ref.id)).toMatchObject({ exists: true, specHash: specHash(spec) });
    const log = new RequestLog();
    await many.observeAll();
    const asked = log.read().filter((r) => r.verb === "list");
    const lists = Map.groupBy(asked.filter(isFirstPage), (r) => r.resource);
    for (const [resource, requests] of lists) expect([resource, requests.length]).toEqual([resource, 1]);
    expect(log.writes()).toEqual([]);
    log.restart();
    await Promise.all(specs.map((spec) => many.observe(spec.ref)));
    const again = Map.groupBy(log.read().filter((r) => r.verb === "list" && isFirstPage(r)), (r) => r.resource);
    for (const [resource, requests] of again) expect([resource, requests.length <= 2]).toEqual([resource, true]);
    expect(log.writes()).toEqual([]);
    await eachOf((spec) => many.remove(spec.ref));
    await eventually(async () => expect((await many.observeAll()).size).toBe(0), 600);
    many.close();
    reportProof(`${specs.length} deployments ready after ${seconds} s; a pass over all of them: no write, ${lists.size} lists, one a kind (${asked.length} requests, in pages of 500 objects); all gone after ${Math.round((Date.now() - began) / 1000)} s`);
  }, Math.max(300_000, count * 4_000));
});
