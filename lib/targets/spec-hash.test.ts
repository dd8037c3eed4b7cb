import { expect, test } from "vitest";
import { diffSpec } from "@/lib/targets/diff-spec";
import { canonicalJson, specHash } from "@/lib/targets/spec-hash";
import type { DeploymentSpec } from "@/lib/targets/target";

const spec: DeploymentSpec = {
  ref: { id: "1", project: "p", projectId: "9", deployment: "d" }, generation: 1, public: false, scaling: { min: 1, max: 1, targetConcurrency: 4 },
  revisions: [{ n: 1, weight: 100, runtime: "onnx", model: "d", files: [], format: "onnx", resources: { cpuMillicores: 1, memoryMib: 1, accelerator: null }, env: { A: "1", B: "2" }, secrets: { S: "s3cret-one" }, queueLimit: 1 }],
};

test("the order of keys does not matter, any value does", () => {
  expect(canonicalJson({ b: [1, { d: undefined, c: null }], a: "x" })).toBe('{"a":"x","b":[1,{"c":null}]}');
  const shuffled = { revisions: spec.revisions, scaling: { targetConcurrency: 4, max: 1, min: 1 }, public: false, generation: 1, ref: spec.ref };
  expect(specHash(shuffled)).toBe(specHash(spec));
  expect(specHash({ ...spec, generation: 2 })).not.toBe(specHash(spec));
  expect(specHash({ ...spec, public: true })).not.toBe(specHash(spec));
});

test("a difference is told by path, revisions by number, secrets without their values", () => {
  const to = structuredClone(spec);
  to.revisions[0]!.env = { A: "1", C: "3" };
  to.revisions[0]!.secrets = { S: "s3cret-two", T: "s3cret-three" };
  const diff = diffSpec(spec, to);
  expect(diff.changes).toEqual([
    { path: "revisions.1.env.B", from: "2", to: null },
    { path: "revisions.1.env.C", from: null, to: "3" },
    { path: "revisions.1.secrets.S", from: "[secret]", to: "[secret, changed]" },
    { path: "revisions.1.secrets.T", from: null, to: "[secret]" },
  ]);
  expect(JSON.stringify(diffSpec(null, spec))).not.toContain("s3cret");
});
