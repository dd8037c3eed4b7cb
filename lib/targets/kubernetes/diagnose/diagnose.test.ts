import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { DOCUMENTED } from "./__fixtures__/documented";
import { diagnosePods } from "./diagnose";
import type { DiagnosisInput } from "./input";

const dir = path.join(import.meta.dirname, "__fixtures__");
type Fixture = { name: string; origin: string; code: string; input: DiagnosisInput };
const recorded: Fixture[] = fs.readdirSync(dir).filter((f) => f.endsWith(".json")).map((f) => ({ name: f, ...(JSON.parse(fs.readFileSync(path.join(dir, f), "utf8")) as Omit<Fixture, "name">) }));
const all: Fixture[] = [...recorded, ...DOCUMENTED];

describe("why replicas are not ready", () => {
  it.each(all.map((f) => [f.code, f.name, f.origin, f] as const))("%s: %s (%s)", (code, _name, _origin, f) => {
    const found = diagnosePods(f.input);
    expect(found?.code, JSON.stringify(found)).toBe(code);
    expect(found?.cause).toMatch(/\S.*[.:]/s);
    expect(found?.fix.length).toBeGreaterThan(10);
    if (code !== "Starting") expect(found?.evidence.length).toBeGreaterThan(0);
    // What a rule cites is in what it was given, word for word.
    const given = JSON.stringify(f.input);
    for (const e of found?.evidence ?? []) expect(given.includes(JSON.stringify(e.text).slice(1, -1)) || e.source.includes("spec.limits") || /exit code|^Ready/.test(e.source + e.text), e.text).toBe(true);
  });

  it("knows more than 25 causes, several of them recorded on a real control plane", () => {
    expect(new Set(all.map((f) => f.code)).size).toBeGreaterThan(25);
    expect(new Set(recorded.map((f) => f.code)).size).toBeGreaterThanOrEqual(10);
    for (const f of all) expect(["recorded", "from documentation"]).toContain(f.origin);
  });

  it("says nothing where every replica that is wanted is ready, and where none is wanted", () => {
    const ready: DiagnosisInput = { deployments: [{ metadata: { name: "m" }, spec: { replicas: 1 } }], pods: [{ metadata: { name: "p" }, spec: { nodeName: "n", containers: [] }, status: { phase: "Running", conditions: [{ type: "Ready", status: "True" }] } }], events: [], nodeClaims: [], nodePools: [] };
    expect(diagnosePods(ready)).toBeNull();
    expect(diagnosePods({ ...ready, deployments: [{ metadata: { name: "m" }, spec: { replicas: 0 } }], pods: [] })).toBeNull();
  });
});
