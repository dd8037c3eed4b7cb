import { describe, expect, it } from "vitest";
import type { PlacedReplica } from "@/lib/targets/target";
import { BEGUN, DRILL_DEADLINE_MS, recoverySeconds, stepDrill, type DrillProgress } from "./step-drill";

const T0 = new Date("2026-11-01T12:00:00Z");
const at = (seconds: number) => new Date(T0.getTime() + seconds * 1000);
const pod = (id: string, node: string, o: Partial<PlacedReplica> = {}): PlacedReplica => ({ id, node, ready: true, readyAt: T0.toISOString(), leaving: false, ...o });
/** What the caller does after `cordon`. */
const evicting = (p: DrillProgress): DrillProgress => ({ ...p, step: "evict" });

describe("a drill", () => {
  it("takes the node with the most ready replicas, and knows which replicas leave", () => {
    const p = stepDrill(BEGUN, [pod("a", "n1"), pod("b", "n2"), pod("c", "n2"), pod("d", "n3", { ready: false })], T0, at(0));
    expect(p).toMatchObject({ step: "cordon", node: "n2", readyBefore: 3, leaving: ["b", "c"] });
  });
  it("does nothing where nothing is ready, and says so", () => expect(stepDrill(BEGUN, [pod("a", "n1", { ready: false })], T0, at(0))).toMatchObject({ step: "over", node: null, failure: expect.stringMatching(/No replica was ready/) }));

  it("measures the time in which nothing served, and the recovery from the first eviction on", () => {
    let p = evicting(stepDrill(BEGUN, [pod("a", "n1")], T0, at(0)));
    p = stepDrill(p, [pod("a", "n1", { ready: false, leaving: true }), pod("b", "n2", { ready: false })], T0, at(1));
    expect(p).toMatchObject({ step: "recover", evictedAt: at(1).toISOString(), unservedSince: at(1).toISOString() });
    p = stepDrill(p, [pod("b", "n2", { ready: false })], T0, at(8));
    expect(p).toMatchObject({ step: "recover", recoveredAt: null });
    p = stepDrill(p, [pod("b", "n2", { readyAt: at(20).toISOString() })], T0, at(21));
    expect(p).toMatchObject({ step: "uncordon", unservedMs: 20_000, unservedSince: null, newReplica: "b", newNode: "n2", failure: null });
    expect(recoverySeconds(p)).toBe(20);
  });

  it("counts no unserved time while another replica is ready, and waits for a budget", () => {
    let p = evicting(stepDrill(BEGUN, [pod("a", "n1"), pod("b", "n2")], T0, at(0)));
    p = stepDrill({ ...p, blockedBy: "Cannot evict" }, [pod("a", "n1"), pod("b", "n2")], T0, at(30));
    expect(p).toMatchObject({ step: "evict", evictedAt: null, blockedBy: "Cannot evict" });
    p = stepDrill(p, [pod("b", "n2"), pod("c", "n3")], T0, at(60));
    expect(p).toMatchObject({ step: "recover", blockedBy: null, evictedAt: at(60).toISOString() });
    p = stepDrill(p, [pod("b", "n2"), pod("c", "n3")], T0, at(61));
    expect(p).toMatchObject({ step: "uncordon", unservedMs: 0 });
  });

  it("gives the node back when its time is over, with the budget's words or without", () => {
    const late = at(DRILL_DEADLINE_MS / 1000 + 1);
    const p = evicting(stepDrill(BEGUN, [pod("a", "n1")], T0, at(0)));
    expect(stepDrill({ ...p, blockedBy: "Cannot evict" }, [pod("a", "n1")], T0, late)).toMatchObject({ step: "uncordon", failure: expect.stringMatching(/budget forbade .* Cannot evict/) });
    expect(stepDrill({ ...p, step: "recover", unservedSince: at(10).toISOString() }, [], T0, late)).toMatchObject({ step: "uncordon", failure: expect.stringMatching(/not recovered/), unservedMs: DRILL_DEADLINE_MS + 1000 - 10_000 });
  });
});
