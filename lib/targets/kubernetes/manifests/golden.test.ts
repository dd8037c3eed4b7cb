import path from "node:path";
import { describe, expect, test } from "vitest";
import { CAPACITY_TYPES, placement, revision, SERVED, settings, spec } from "./__fixtures__/specs";
import { renderNodePools } from "./node-pools";
import { checkPolicy } from "./policy";
import { renderDeployment } from "./render";
import { toYaml } from "./to-yaml";

const golden = (name: string) => path.join(import.meta.dirname, "__golden__", `${name}.yaml`);

describe.each(Object.keys(SERVED))("%s", (name) => {
  test.each(CAPACITY_TYPES)("on %s: the objects are those in the file, hold to the policy, and are the same at every pass", async (capacityType) => {
    const objects = renderDeployment(spec([revision(name, capacityType)]), settings);
    expect(checkPolicy(objects)).toEqual([]);
    expect(renderDeployment(spec([revision(name, capacityType)]), settings)).toEqual(objects);
    await expect(toYaml(objects)).toMatchFileSnapshot(golden(`${name}-${capacityType}`));
  });
});

test("a canary behind an ALB, scaled by KEDA", async () => {
  const two = [revision("onnx", "spot-with-fallback", 3, { weight: 90 }), revision("onnx", "spot-with-fallback", 4, { weight: 10 })];
  const objects = renderDeployment(spec(two), {
    ...settings, keda: true, serviceAccountRoleArn: "arn:aws:iam::123456789012:role/models",
    ingress: { kind: "alb", hostname: "models.example.com", scheme: "internal", certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555" },
  });
  expect(checkPolicy(objects)).toEqual([]);
  await expect(toYaml(objects)).toMatchFileSnapshot(golden("canary-alb-keda"));
});

test("a plain cluster: no Karpenter, no operator, no edge", async () => {
  const objects = renderDeployment(spec([revision("onnx", "on-demand")]), { ...settings, provider: "kubernetes", nodes: "any", ingress: { kind: "none" }, jwt: null, prometheusOperator: false, prometheusUrl: null, customMetrics: false, artifactUrl: "http://10.0.0.7:3000" });
  expect(checkPolicy(objects)).toEqual([]);
  await expect(toYaml(objects)).toMatchFileSnapshot(golden("plain-cluster"));
});

test.each(CAPACITY_TYPES)("node pools for %s, Karpenter's and those of Auto Mode", async (capacityType) => {
  const plan = { placement: placement(capacityType, true), limits: { cpu: 64, memoryGib: 256, accelerators: 8 }, replicaDiskGib: 30, imageGib: null, nodeRole: "KarpenterNodeRole-prod", discovery: "prod" };
  await expect(toYaml([...renderNodePools(plan, settings), ...renderNodePools(plan, { ...settings, provider: "eks-auto" })])).toMatchFileSnapshot(golden(`node-pools-${capacityType}`));
});
