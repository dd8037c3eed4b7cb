import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { reportProof } from "@/e2e/report-proof";
import { billOfMaterials } from "./bill-of-materials";
import { nameAt, type Lock } from "./lock-file";

const lock = JSON.parse(fs.readFileSync(path.resolve(import.meta.dirname, "../../package-lock.json"), "utf8")) as Lock;

it("the bill of materials holds every package that may be installed to run Slipway, with the lock file's hash, and no other", () => {
  const bom = billOfMaterials(lock);
  const expected = new Map<string, string>();
  for (const [at, e] of Object.entries(lock.packages)) if (at !== "" && !e.dev && !e.devOptional && !e.link) expected.set(`${nameAt(at)}@${e.version}`, e.integrity ?? expected.get(`${nameAt(at)}@${e.version}`) ?? "");
  expect(expected.size).toBeGreaterThan(500);
  const listed = new Map(bom.components.map((c) => [`${c.group ? `${c.group}/` : ""}${c.name}@${c.version}`, c.hashes[0] ? `sha512-${Buffer.from(c.hashes[0].content, "hex").toString("base64")}` : ""]));
  expect(listed).toEqual(expected);
  // What comes inside another package has no hash of its own: that package's covers it.
  const inside = new Set(Object.entries(lock.packages).filter(([, e]) => e.inBundle).map(([at, e]) => `${nameAt(at)}@${e.version}`));
  expect([...listed].filter(([name, hash]) => !hash && !inside.has(name))).toEqual([]);
  expect(bom.components.every((c) => c.purl.startsWith("pkg:npm/"))).toBe(true);
  reportProof(`${bom.components.length} packages, ${bom.components.filter((c) => c.hashes.length > 0).length} of them with the lock file's SHA-512, the others inside one that has it`);
});

it("every reference leads to a package of the list, and every required package is led to from Slipway itself", () => {
  const bom = billOfMaterials(lock);
  const refs = new Map(bom.components.map((c) => [c["bom-ref"], c]));
  expect(refs.size).toBe(bom.components.length);
  const edges = new Map(bom.dependencies.map((d) => [d.ref, d.dependsOn]));
  expect([...edges.values()].flat().filter((ref) => !refs.has(ref))).toEqual([]);
  const reached = new Set<string>();
  for (const queue = [bom.metadata.component["bom-ref"]]; queue.length > 0; ) for (const to of edges.get(queue.pop()!) ?? []) if (!reached.has(to)) { reached.add(to); queue.push(to); }
  expect(bom.components.filter((c) => c.scope === "required" && !reached.has(c["bom-ref"])).map((c) => c["bom-ref"])).toEqual([]);
  for (const direct of Object.keys(lock.packages[""]!.dependencies!)) expect([...(edges.get(bom.metadata.component["bom-ref"]) ?? [])].some((r) => r.startsWith(`pkg:npm/${direct.replace("@", "%40")}@`)), direct).toBe(true);
  reportProof(`${[...edges.values()].flat().length} dependencies between them`);
});

it("the same lock file gives the same bytes, and what is for development only is left out", () => {
  expect(JSON.stringify(billOfMaterials(lock))).toBe(JSON.stringify(billOfMaterials(structuredClone(lock))));
  const small = billOfMaterials({ name: "x", version: "1.0.0", packages: { "": { dependencies: { a: "1" } }, "node_modules/a": { version: "1.0.0", license: "MIT", dependencies: { b: "1" } }, "node_modules/b": { version: "2.0.0" }, "node_modules/a/node_modules/b": { version: "1.0.0", optional: true }, "node_modules/c": { version: "1.0.0", dev: true } } });
  expect(small.components.map((c) => c["bom-ref"])).toEqual(["pkg:npm/a@1.0.0", "pkg:npm/b@1.0.0", "pkg:npm/b@2.0.0"]);
  expect(small.dependencies.find((d) => d.ref === "pkg:npm/a@1.0.0")!.dependsOn, "the nearest copy").toEqual(["pkg:npm/b@1.0.0"]);
});
