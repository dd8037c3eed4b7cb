import { afterAll, expect } from "vitest";
import { makeTarget, settingsOf } from "@/e2e/cluster/make-target";
import { kubectl, kubectlJson, kwokTest, ownCluster } from "@/e2e/cluster/under-test";
import type { NodePoolPlan } from "@/lib/targets/target";

// Karpenter's own definitions and validation; nothing here can show what EC2 then does.
const settings = settingsOf({ provider: "eks", nodes: "karpenter" });
const plan: NodePoolPlan = {
  placement: { capacityType: "spot-with-fallback", instanceTypes: ["g6.xlarge"], architecture: "amd64", acceleratorResource: "nvidia.com/gpu", diskGib: 100 },
  limits: { cpu: 64, memoryGib: 256, accelerators: 8 }, replicaDiskGib: 60, imageGib: 12, nodeRole: "KarpenterNodeRole-prod", discovery: "prod",
};
const MINE = `slipway.dev/instance=${settings.instance}`;
afterAll(() => { kubectl(["delete", "nodepools,ec2nodeclasses", "-l", MINE, "--ignore-not-found", "--wait=false"]); });

kwokTest("a node pool is planned by the API server, applied, found again without a difference, and changed where only its limits differ", async () => {
  const target = makeTarget(ownCluster().kubeconfig, settings);
  const planned = await target.nodePools.plan(plan);
  expect(planned.objects.map((o) => [o.kind, o.action])).toEqual([["EC2NodeClass", "create"], ["NodePool", "create"]]);
  expect(planned.yaml).toMatch(/volumeSize: 104Gi/);
  expect(kubectlJson(["get", "nodepools", "-l", MINE]).items).toEqual([]);

  await target.nodePools.apply(plan);
  const pool = (await target.nodePools.list()).find((p) => p.own);
  expect(pool).toMatchObject({ capacityTypes: ["spot", "on-demand"], instanceTypes: ["g6.xlarge"], limits: { cpu: "64", memory: "256Gi", "nvidia.com/gpu": "8" } });
  const again = await target.nodePools.plan(plan);
  expect(again.objects).toEqual(planned.objects.map(({ kind, namespace, name }) => ({ kind, namespace, name, action: "change", changes: [] })));

  const wider = { ...plan, limits: { ...plan.limits, cpu: 128 } };
  expect((await target.nodePools.plan(wider)).objects.find((o) => o.kind === "NodePool")!.changes).toEqual([{ path: "spec.limits.cpu", from: "64", to: "128" }]);
  await target.nodePools.apply(wider);
  expect((await target.nodePools.list()).find((p) => p.own)!.limits).toMatchObject({ cpu: "128" });
});

kwokTest("what Karpenter would not take is told in its words, and Auto Mode's class in ours where it is not served", async () => {
  const target = makeTarget(ownCluster().kubeconfig, settings);
  const refused = await target.nodePools.plan({ ...plan, nodeRole: "" });
  expect(refused.objects.find((o) => o.kind === "EC2NodeClass")).toMatchObject({ action: "refused", message: expect.stringMatching(/role/) });
  const auto = makeTarget(ownCluster().kubeconfig, { ...settings, provider: "eks-auto" });
  await expect(auto.nodePools.plan(plan)).rejects.toMatchObject({ code: "unprocessable", message: expect.stringMatching(/does not know NodeClass .*Auto Mode/) });
});
