import { expect, test } from "vitest";
import type { DeploymentSpec } from "@/lib/targets/target";
import { revision, settings, spec } from "./__fixtures__/specs";
import { renderDeployment } from "./render";
import { toYaml } from "./to-yaml";

const GIB = 1024 ** 3;
const one = (runtime: string, change = {}, cluster = {}) => spec([revision(runtime, "spot", 3, change, cluster)]);
const inRevision = (change: object) => (s: DeploymentSpec): DeploymentSpec => ({ ...s, revisions: s.revisions.map((r) => ({ ...r, ...change })) });
const inCluster = (change: object) => (s: DeploymentSpec): DeploymentSpec => ({ ...s, revisions: s.revisions.map((r) => ({ ...r, cluster: { ...r.cluster!, ...change } })) });
const inPlacement = (change: object) => (s: DeploymentSpec): DeploymentSpec => ({ ...s, revisions: s.revisions.map((r) => ({ ...r, cluster: { ...r.cluster!, placement: { ...r.cluster!.placement, ...change } } })) });
const OTHER = `registry.example.com/sentinel/image@sha256:${"e".repeat(64)}`;
const [file] = revision("onnx", "spot").files;

/** Every field of the spec: a value it could not have by chance, and what of it must be found in the output beside the hash of the spec. */
const FIELDS: [string, DeploymentSpec, (s: DeploymentSpec) => DeploymentSpec, RegExp][] = [
  ["ref.id", one("onnx"), (s) => ({ ...s, ref: { ...s.ref, id: "5e471e1a-0000-7000-8000-000000000001" } }), /deployment-id: 5e471e1a-0000-7000-8000-000000000001/],
  ["ref.project", one("onnx"), (s) => ({ ...s, ref: { ...s.ref, project: "sentinel-p" } }), /slipway-abcd1234-sentinel-p-/],
  ["ref.projectId", one("onnx"), (s) => ({ ...s, ref: { ...s.ref, projectId: "5e471e1a-0000-7000-8000-000000000002" } }), /project-id: 5e471e1a-0000-7000-8000-000000000002/],
  ["ref.deployment", one("onnx"), (s) => ({ ...s, ref: { ...s.ref, deployment: "sentinel-d" } }), /\/serve\/acme-ml\/sentinel-d/],
  ["generation", one("onnx"), (s) => ({ ...s, generation: 9_173 }), /generation: "9173"/],
  ["scaling.min", one("onnx"), (s) => ({ ...s, scaling: { ...s.scaling, min: 4 } }), /minReplicas: 4/],
  ["scaling.max", one("onnx"), (s) => ({ ...s, scaling: { ...s.scaling, max: 173 } }), /maxReplicas: 173/],
  ["scaling.targetConcurrency", one("onnx"), (s) => ({ ...s, scaling: { ...s.scaling, targetConcurrency: 917 } }), /averageValue: "917"/],
  ["cluster.environment", one("onnx"), (s) => ({ ...s, cluster: { ...s.cluster!, environment: "sentinel-e" } }), /environment: sentinel-e/],
  ["cluster.artifactToken", one("onnx"), (s) => ({ ...s, cluster: { ...s.cluster!, artifactToken: "sla_sentinel" } }), new RegExp(Buffer.from("sla_sentinel").toString("base64"))],
  ["revisions.n", one("onnx"), inRevision({ n: 9_173 }), /-r9173/],
  ["revisions.weight", one("onnx"), inRevision({ weight: 17 }), /weight: 17/],
  ["revisions.runtime", one("onnx"), inRevision({ runtime: "triton" }), /tritonserver/],
  ["revisions.model", one("onnx"), inRevision({ model: "sentinel-m" }), /sentinel-m/],
  ["revisions.files.path", one("triton"), inRevision({ files: [{ ...file, path: "sentinel/weights.onnx" }] }), /sentinel\/weights\.onnx/],
  ["revisions.files.sizeBytes", one("onnx"), inRevision({ files: [{ ...file, sizeBytes: 917 * GIB }] }), /sizeLimit: 957805Mi/],
  ["revisions.format", one("triton", { files: revision("triton-repository", "spot").files }), inRevision({ files: [{ ...file, path: "a.pt" }], format: "pytorch" }), /backend: \\"pytorch\\"/],
  ["revisions.resources.cpuMillicores", one("onnx"), inRevision({ resources: { cpuMillicores: 9_173, memoryMib: 4096, accelerator: null } }), /cpu: 9173m/],
  ["revisions.resources.memoryMib", one("onnx"), inRevision({ resources: { cpuMillicores: 1000, memoryMib: 9_173, accelerator: null } }), /memory: 9173Mi/],
  ["revisions.resources.accelerator.count", one("vllm"), inRevision({ resources: { cpuMillicores: 1000, memoryMib: 4096, accelerator: { name: "L4", count: 7 } } }), /nvidia\.com\/gpu: "7"/],
  ["revisions.env", one("onnx"), inRevision({ env: { SENTINEL: "sentinel-value" } }), /name: SENTINEL\n\s+value: sentinel-value/],
  ["revisions.secrets", one("onnx"), inRevision({ secrets: { SENTINEL: "sentinel-secret" } }), new RegExp(`SENTINEL: ${Buffer.from("sentinel-secret").toString("base64")}`)],
  ["revisions.queueLimit", one("onnx"), inRevision({ queueLimit: 9_173 }), /"9173"/],
  ["placement.capacityType", one("onnx"), inPlacement({ capacityType: "on-demand" }), /capacity-type\n\s+operator: In\n\s+values:\n\s+- on-demand/],
  ["placement.instanceTypes", one("onnx"), inPlacement({ instanceTypes: ["z9.sentinel"] }), /z9\.sentinel/],
  ["placement.architecture", one("onnx"), inPlacement({ architecture: "arm64" }), /arch: arm64/],
  ["placement.acceleratorResource", one("vllm"), inPlacement({ acceleratorResource: "aws.amazon.com/neuron" }), /aws\.amazon\.com\/neuron: "1"/],
  ["cluster.image", one("onnx"), inCluster({ image: null }), /model-server@/],
  ["cluster.image of one's own", one("bentoml"), inCluster({ image: OTHER }), /sentinel\/image@sha256/],
  ["cluster.pullSecret", one("bentoml"), inCluster({ pullSecret: '{"auths":{"sentinel":{}}}' }), new RegExp(Buffer.from('{"auths":{"sentinel":{}}}').toString("base64"))],
  ["cluster.startSeconds", one("onnx"), inCluster({ startSeconds: 9_173 }), /failureThreshold: 5504/],
];

test.each(FIELDS)("%s reaches the objects", (_field, from, change, expected) => {
  const to = change(from);
  const yaml = toYaml(renderDeployment(to, settings));
  expect(yaml).toMatch(expected);
});

test("public takes the check of tokens away, and its absence without one takes the route away", () => {
  const kinds = (s: DeploymentSpec, jwt: typeof settings.jwt) => renderDeployment(s, { ...settings, jwt }).map((o) => o.kind).filter((k) => ["SecurityPolicy", "HTTPRoute"].includes(k));
  expect(kinds(one("onnx"), settings.jwt)).toEqual(["SecurityPolicy", "HTTPRoute"]);
  expect(kinds({ ...one("onnx"), public: true }, settings.jwt)).toEqual(["HTTPRoute"]);
  expect(kinds({ ...one("onnx"), public: true }, null)).toEqual(["HTTPRoute"]);
  expect(kinds(one("onnx"), null)).toEqual([]);
});

test("the digest of every file is in the template, and its key in the store and a signature are in none", () => {
  const digestOf = (s: DeploymentSpec) => /SLIPWAY_FILES_DIGEST\n\s+value: (\S+)/.exec(toYaml(renderDeployment(s, settings)))?.[1];
  const changed = inRevision({ files: [{ ...file, sha256: "9".repeat(64) }] })(one("onnx"));
  expect(digestOf(one("onnx"))).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(digestOf(changed)).not.toBe(digestOf(one("onnx")));
  expect(toYaml(renderDeployment(inRevision({ files: [{ ...file, blobId: "sentinel-blob" }] })(one("onnx")), settings))).not.toContain("sentinel-blob");
});

test("values of secrets are in Secrets and nowhere else, encoded", () => {
  const objects = renderDeployment(one("bentoml"), settings);
  const elsewhere = JSON.stringify(objects.filter((o) => o.kind !== "Secret"));
  for (const canary of ["canary-secret-value", "canary-artifact-token", "dXNlcjpjYW5hcnktcHVsbA=="]) {
    expect(JSON.stringify(objects)).not.toContain(canary);
    expect(elsewhere).not.toContain(Buffer.from(canary).toString("base64"));
  }
});

test("nothing of a new generation, weight or scaling reaches the pod template, so that no pod is replaced for it; a changed secret does", () => {
  const template = (s: DeploymentSpec) => JSON.stringify((renderDeployment(s, settings).find((o) => o.kind === "Deployment")!.spec as { template: unknown }).template);
  const before = one("onnx");
  expect(template(inRevision({ weight: 5 })({ ...before, generation: 99, public: true, scaling: { min: 1, max: 9, targetConcurrency: 1 } }))).toBe(template(before));
  expect(template(inRevision({ secrets: { API_KEY: "another" } })(before))).not.toBe(template(before));
});

test("a revision that has served may have no pod after its idle time, any other keeps one", () => {
  const scaling = { min: 0, max: 2, targetConcurrency: 4, idleSecondsBeforeZero: 9_173 };
  const yaml = (change: object) => toYaml(renderDeployment({ ...one("onnx", change), scaling }, { ...settings, keda: true }));
  expect(yaml({ mayScaleToZero: true })).toMatch(/cooldownPeriod: 9173[\s\S]*minReplicaCount: 0|minReplicaCount: 0[\s\S]*cooldownPeriod: 9173/);
  expect(yaml({})).toMatch(/minReplicaCount: 1/);
});
