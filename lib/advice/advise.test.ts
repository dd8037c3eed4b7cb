import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advise, quietHours, type AdviceInput } from "@/lib/advice/advise";
import { realised } from "@/lib/advice/realised";
import type { Profile } from "@/lib/profiles/schema";

const now = new Date("2026-11-27T12:00:00Z");
const profile = (slug: string, cores: number, memoryMib: number, usd: number | null, over: Partial<Profile> = {}): Profile => ({
  slug, name: slug, targetKind: "local", instanceType: null, region: null, accelerator: null, capacityType: "local", cpuMillicores: cores * 1000, memoryMib, diskGib: null, diskSizedFromModel: false, architecture: "amd64",
  price: usd === null ? null : { value: usd, unit: "USD/h", region: null, source: "test", asOf: "2026-11-01T00:00:00Z", staleAfterDays: 60, ageDays: 1, stale: false, estimate: false }, pricePerMonth: null, priceOnDemand: null, spot: null, ...over,
});
const [small, large] = [profile("small", 1, 1024, 0.05), profile("large", 4, 8192, 0.2)];
const observed = (over: Partial<AdviceInput["observed"]> = {}): AdviceInput["observed"] => ({
  from: "2026-11-13T12:00:00Z", to: "2026-11-27T12:00:00Z", days: 14, profile: "large", source: "embedded", quietByHour: null, busyBy: "computing", gpu: null, replicas: 3, predictions: 50_000, lastRequestAt: "2026-11-27T11:30:00Z", quietShare: 0.1, peakCpuCores: 0.6, cpuCores: 4, peakMemoryMib: 700, memoryMib: 8192, peakBusy: 0.6, p95Seconds: 0.2, usdPerHour: 0.6, ...over,
});
const ask = (over: Partial<AdviceInput> = {}) => advise({ observed: observed(), now, scaling: { min: 3, max: 4, idleSecondsBeforeZero: 300 }, profile: large, usdPerHour: 0.2, startSeconds: null, candidates: [small, large], settledDays: 20, ...over });

describe("advice", () => {
  it("names profile and replicas with their saving: worked examples", () => {
    const { items, withheld } = ask();
    // (0.20 − 0.05) × 3 replicas × 730 h; 2 replicas × 0.20 × 730 h.
    expect(items.map((i) => [i.kind, i.monthlySavingUsd, i.confidence])).toEqual([["profile", 328.5, "medium"], ["replicas", 292, "medium"]]);
    expect(items.map((i) => i.change)).toEqual([{ profile: "small" }, { scaling: { min: 1, max: 4 } }]);
    expect(items[0]!.expectedP95.seconds).toBe(0.2);
    expect(withheld).toEqual([]);
  });
  it("is withheld where days, predictions, a price or measures are short, and says which", () => {
    expect(ask({ observed: observed({ days: 1.5 }) })).toEqual({ items: [], withheld: [expect.stringContaining("1.5 days are there, 3 are needed")] });
    expect(ask({ observed: observed({ predictions: 40 }) })).toEqual({ items: [], withheld: [expect.stringContaining("60 more predictions")] });
    expect(ask({ usdPerHour: null }).withheld[0]).toContain("a price of its profile");
    expect(ask({ observed: observed({ peakMemoryMib: null }), lacks: ["processor and memory of its replicas"] })).toMatchObject({ items: [{ kind: "replicas" }], withheld: [expect.stringContaining("processor and memory")] });
  });
  it("keeps room above the busiest quarter, the accelerator, the capacity type, and never names a profile without a price or one that is dearer", () => {
    const profilesOf = (o: Parameters<typeof observed>[0], candidates: Profile[]) => ask({ observed: observed(o), scaling: { min: 1, max: 1, idleSecondsBeforeZero: 300 }, candidates }).items.map((i) => i.change.profile);
    expect(profilesOf({}, [small])).toEqual(["small"]);
    expect(profilesOf({ peakCpuCores: 0.8 }, [small])).toEqual([]);
    expect(profilesOf({ peakMemoryMib: 900 }, [small])).toEqual([]);
    expect(profilesOf({}, [profile("free", 1, 1024, null), profile("dear", 1, 1024, 0.3), profile("gpu", 1, 1024, 0.01, { accelerator: { name: "L4", kind: "gpu", manufacturer: "NVIDIA", count: 1, memoryMibEach: 24_576 } }), profile("spot", 1, 1024, 0.01, { capacityType: "spot" })])).toEqual([]);
  });
  it("moves to fewer GPUs of the same kind, or to none, where that is what was used; never to another kind", () => {
    const gpus = (count: number, name = "L4") => ({ accelerator: { name, kind: "gpu" as const, manufacturer: "NVIDIA", count, memoryMibEach: 23_000 } });
    const [four, one, other, none] = [profile("four", 48, 180_000, 4, gpus(4)), profile("one", 4, 16_000, 1, gpus(1)), profile("other", 4, 16_000, 0.4, gpus(1, "T4")), profile("none", 4, 16_000, 0.2)];
    const to = (peakBusy: number | null, peakMemoryMib: number | null, over: Partial<AdviceInput> = {}) => ask({
      observed: observed({ gpu: { name: "L4", count: 4, memoryMibEach: 23_000, peakBusy, peakMemoryMib } }), profile: four, usdPerHour: 4, candidates: [one, other, none], scaling: { min: 1, max: 1, idleSecondsBeforeZero: 300 }, ...over,
    }).items.map((i) => [i.change.profile, i.monthlySavingUsd]);
    // (4 − 1) × 3 replicas × 730 h; (4 − 0.2) × 3 × 730.
    expect(to(0.6, 10_000)).toEqual([["one", 6570]]);
    expect(to(0.004, 5)).toEqual([["none", 8322]]);
    // More at work than 70 % of one, a fuller GPU than leaves room, a server that spreads a model over all, and a GPU nobody read.
    for (const held of [to(0.8, 10_000), to(0.6, 20_000), to(0.6, 10_000, { spreads: true }), to(0.004, 5, { spreads: true }), to(null, null)]) expect(held).toEqual([]);
  });
  it("says why what is quiet cannot sleep, and nothing without requests", () => {
    const held = ask({ observed: observed({ quietShare: 0.6 }), candidates: [], scaling: { min: 1, max: 1, idleSecondsBeforeZero: 300 }, whyNoSleep: "it needs KEDA." });
    expect(held).toEqual({ items: [], withheld: [expect.stringContaining("60% of the time had no request: it needs KEDA.")] });
    expect(ask({ observed: observed({ predictions: null }), lacks: ["its requests: nobody counts them."] })).toEqual({ items: [], withheld: ["its requests: nobody counts them."] });
  });
  it("names the hours that are quiet, past midnight too, and none where it is now here, now there", () => {
    const day = (quiet: number[]) => Array.from({ length: 24 }, (_, h) => (quiet.includes(h) ? 1 : 0));
    expect(quietHours(day([22, 23, 0, 1]))).toBe(", mostly from 22:00 to 02:00 UTC");
    expect(quietHours(day([2, 12, 13]))).toBe(", mostly from 02:00 to 03:00 and 12:00 to 14:00 UTC");
    expect([quietHours(day([1, 3, 5, 7])), quietHours(day([])), quietHours(null), quietHours(Array.from({ length: 24 }, () => 1))]).toEqual(["", "", "", ""]);
  });
  it("lets sleep what is quiet, and counts only the quiet time", () => {
    const items = ask({ observed: observed({ quietShare: 0.6 }), scaling: { min: 1, max: 1, idleSecondsBeforeZero: 300 }, candidates: [] }).items;
    expect(items).toMatchObject([{ kind: "sleep", change: { scaling: { min: 0, max: 1 } }, monthlySavingUsd: 87.6 }]);
    expect(items[0]!.expectedP95.text).toContain("was not measured");
  });
  it("finds what nobody asks, once it has been left alone for a week", () => {
    const idle = { observed: observed({ predictions: 0, lastRequestAt: null }) };
    expect(ask(idle).items).toMatchObject([{ kind: "idle", change: { desiredState: "stopped" }, monthlySavingUsd: 438, confidence: "high" }]);
    expect(ask({ ...idle, settledDays: 2 }).items).toEqual([]);
  });
  it("never promises to save more than is spent, nor less than nothing", () => {
    const some = fc.record({ cpu: fc.double({ min: 0, max: 4, noNaN: true }), mem: fc.double({ min: 0, max: 8192, noNaN: true }), busy: fc.double({ min: 0, max: 5, noNaN: true }), quiet: fc.double({ min: 0, max: 1, noNaN: true }), min: fc.integer({ min: 1, max: 5 }) });
    fc.assert(fc.property(some, ({ cpu, mem, busy, quiet, min }) => {
      const { items } = ask({ observed: observed({ peakCpuCores: cpu, peakMemoryMib: mem, peakBusy: busy, quietShare: quiet, replicas: min, usdPerHour: min * 0.2 }), scaling: { min, max: 6, idleSecondsBeforeZero: 300 } });
      for (const i of items) {
        expect(i.monthlySavingUsd).toBeGreaterThan(0);
        expect(i.monthlySavingUsd).toBeLessThanOrEqual(min * 0.2 * 730 + 1e-6);
      }
    }), { numRuns: 300 });
  });
  it("follows what was saved since: the rate before × the time, less what was spent", () => {
    const row = { deploymentId: "d", deploymentSlug: "vad", kind: "profile", change: "Move it to small", beforeUsdPerHour: "0.6", expectedMonthlySavingUsd: "328.5", appliedAt: new Date("2026-11-25T12:00:00Z"), appliedBy: "Ada" };
    // 48 h at 0.60 are 28.80; 7.20 were spent; 21.60 were expected.
    expect(realised(row, 7_200_000_000n, now)).toMatchObject({ hours: 48, realisedUsd: 21.6, onTrack: true });
    expect(realised(row, 20_000_000_000n, now)).toMatchObject({ realisedUsd: 8.8, onTrack: false });
    expect(realised(row, null, now)).toMatchObject({ realisedUsd: null, onTrack: null });
    expect(realised({ ...row, appliedAt: new Date("2026-11-27T06:00:00Z") }, 0n, now).onTrack).toBeNull();
  });
});
