import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_PARTS } from "@/lib/costs/allocation-math";
import { reconcile, type ReconcileInput } from "@/lib/costs/reconcile";

// One g5.xlarge for a whole day: on demand $1.006/h, spot $0.402/h.
const input = (over: Partial<ReconcileInput>): ReconcileInput => ({ who: "Kubecost", ours: 9.648, theirs: 9.5, parts: { ...NO_PARTS, cpu: 2, memory: 1, gpu: 6.5, network: 0, storage: 0, loadBalancer: 0, shared: 0 }, replicaHours: 24, spot: true, onDemandUsdPerHour: 1.006, onlyOurs: 0, onlyTheirs: 0, ...over });
const codes = (over: Partial<ReconcileInput>) => reconcile(input(over)).reasons.map((r) => r.code);

describe("reconcile", () => {
  it("says that both agree, with the difference to the cent", () => {
    expect(reconcile(input({}))).toMatchObject({ differenceUsd: -0.148, reasons: [{ code: "agrees" }] });
  });
  it("names spot that is billed at the on-demand rate, in figures", () => {
    const { reasons, differenceUsd } = reconcile(input({ theirs: 23.2, parts: { ...NO_PARTS, cpu: 5, memory: 2.2, gpu: 16 } }));
    expect(differenceUsd).toBe(13.552);
    expect(reasons.map((r) => r.code)).toEqual(["spot-at-on-demand"]);
    expect(reasons[0]!.text).toContain("96% of the on-demand price, 240% of the spot price");
  });
  it("does not accuse spot where the nodes are dearer than on demand, nor on-demand capacity, nor what is only other parts", () => {
    expect(codes({ theirs: 60, parts: { ...NO_PARTS, cpu: 60, memory: 0, gpu: 0 } })).toEqual(["dearer"]);
    expect(codes({ spot: false, theirs: 23.2, parts: { ...NO_PARTS, cpu: 23.2, memory: 0, gpu: 0 } })).toEqual(["dearer"]);
    expect(codes({ theirs: 23.2, parts: { ...NO_PARTS, cpu: 3.2, memory: 0, gpu: 6.4, loadBalancer: 13.6 } })).toEqual(["other-parts"]);
  });
  it("tells what a pod asks for from the whole instance, and days that only one has", () => {
    expect(codes({ theirs: 3, parts: { ...NO_PARTS, cpu: 2, memory: 1, gpu: 0 } })).toEqual(["whole-instance"]);
    expect(codes({ onlyOurs: 2, onlyTheirs: 1 })).toEqual(["days-missing", "days-missing"]);
  });
  it("gives no difference where either is unknown", () => {
    expect(reconcile(input({ ours: null }))).toMatchObject({ differenceUsd: null, differenceShare: null, reasons: [{ code: "no-price" }] });
    expect(reconcile(input({ theirs: null }))).toMatchObject({ differenceUsd: null, reasons: [{ code: "no-figure" }] });
  });
  it("difference + ours = theirs, whatever they are, and there is always a reason", () => {
    const amount = fc.integer({ min: 0, max: 1e12 }).map((n) => n / 1e6);
    fc.assert(fc.property(amount, amount, fc.boolean(), (ours, theirs, spot) => {
      const r = reconcile(input({ ours, theirs, spot, parts: { ...NO_PARTS, cpu: theirs, memory: 0, gpu: 0 } }));
      expect(r.differenceUsd! + ours).toBeCloseTo(theirs, 5);
      expect(r.reasons.length).toBeGreaterThan(0);
    }), { numRuns: 300 });
  });
});
