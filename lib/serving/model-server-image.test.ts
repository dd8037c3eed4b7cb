import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { SERVED, revision, settings, spec } from "@/lib/targets/kubernetes/manifests/__fixtures__/specs";
import { renderDeployment } from "@/lib/targets/kubernetes/manifests/render";

const root = path.resolve(import.meta.dirname, "../..");
const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");
const dockerfile = read("deploy/docker/model-server/Dockerfile");

test("every program that a pod starts from this image is in it, and is built", () => {
  const started = new Set(Object.keys(SERVED).flatMap((name) => [...JSON.stringify(renderDeployment(spec([revision(name, "spot")]), settings)).matchAll(/"\/app\/([a-z-]+)\.mjs"/g)].map((m) => m[1]!)));
  expect([...started].sort()).toEqual(["fetch-files", "model-server-pod"]);
  for (const program of [...started, "model-server", "model-server-session"]) {
    expect(dockerfile).toContain(`dist/${program}.mjs`);
    expect(read("scripts/build.ts")).toMatch(new RegExp(`"?${program}"?: "services/`));
  }
});

test("its packages are those of the project, at the same versions", () => {
  const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
  for (const [name, version] of Object.entries((JSON.parse(read("deploy/docker/model-server/package.json")) as { dependencies: Record<string, string> }).dependencies)) expect([name, dependencies[name]]).toEqual([name, version]);
});

test("it runs as the account that the manifests name", () => expect(dockerfile).toContain(`USER ${(JSON.stringify(renderDeployment(spec([revision("onnx", "spot")]), settings)).match(/"runAsUser":(\d+)/) ?? [])[1]}:`));
