import fs from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocationApiSource, allocationUrl, type Ask, type CostServer, daysOf } from "@/lib/costs/allocation-api-source";
import { parseLoosely, readAllocationSet } from "@/lib/costs/read-allocation-set";
import { whyNoCostServer } from "@/lib/net/vet-cost-server";

// Shaped by hand after the published API; where real servers differ is said in each test.
const [MINE, THEIRS, PROJECT] = ["0198a000-0000-7000-8000-000000000001", "0198a000-0000-7000-8000-000000000002", "0198a000-0000-7000-8000-0000000000aa"];
const server: CostServer = { kind: "kubecost", url: "http://kubecost.internal:9090/", header: { name: "x-api-key", value: "s3cret" }, instance: "sabcdefg" };
const row = (over: object = {}) => ({
  start: "2026-11-23T00:00:00Z", end: "2026-11-24T00:00:00Z", minutes: 1440, cpuCost: 1.5, cpuCostAdjustment: 0.25, cpuCoreHours: 48, cpuCoreUsageAverage: 0.5, ramCost: 0.75, gpuCost: 17, gpuHours: 24, gpuUsageAverage: 0.25,
  networkCost: 0.5, pvCost: 0, loadBalancerCost: 0.5, sharedCost: 0, totalCost: 20.5, ...over,
});
const key = (instance: string, id: string) => `${instance}/${PROJECT}/${id}`;
const answering = (sets: Record<string, unknown>[], headers: { date?: Date; status?: number } = {}): { ask: Ask; asked: { url: URL; headers: Record<string, string> }[] } => {
  const asked: { url: URL; headers: Record<string, string> }[] = [];
  return { asked, ask: async (url, sent) => { asked.push({ url: new URL(url), headers: sent }); return { status: headers.status ?? 200, date: headers.date ?? null, text: JSON.stringify({ code: 200, data: [sets[asked.length - 1] ?? {}] }) }; } };
};
const window = { from: new Date("2026-11-23T00:00:00Z"), to: new Date("2026-11-24T00:00:00Z") };
const now = new Date("2026-11-27T00:00:00Z");

describe("Kubecost and OpenCost as a source of costs", () => {
  it("keeps the parts apart, with adjustments in their part", async () => {
    const { ask, asked } = answering([{ [key("sabcdefg", MINE)]: row() }]);
    const { allocations: [a], covered, notes } = await allocationApiSource(server, ask).allocations({ window, now });
    expect(a).toMatchObject({ kind: "deployment", deploymentId: MINE, projectId: PROJECT, total: 20.5, parts: { cpu: 1.75, memory: 0.75, gpu: 17, network: 0.5, storage: 0, loadBalancer: 0.5, idle: null, shared: 0 } });
    expect(a!.days[0]!.use).toEqual({ cpuCoreHours: 48, cpuCoreHoursUsed: 12, gpuHours: 24, gpuHoursUsed: 6 });
    expect(covered.to).toEqual(window.to);
    expect(notes).toEqual([]);
    expect(asked[0]!.headers).toEqual({ "x-api-key": "s3cret" });
  });
  it("reads GPUs' use and what was split of idle as older and newer servers write them", () => {
    const read = (over: object) => readAllocationSet(JSON.stringify({ code: 200, data: [{ [key("sabcdefg", MINE)]: row(over) }] }), "Kubecost")[0]!;
    expect(read({ gpuUsageAverage: undefined, gpuAllocation: { gpuDevice: "nvidia0", gpuModel: "NVIDIA L4", isGPUShared: false, gpuUsageAverage: 0.5, gpuRequestAverage: 1 } }).use.gpuHoursUsed).toBe(12);
    expect(read({ gpuUsageAverage: undefined, gpuAllocation: null }).use.gpuHoursUsed).toBeNull();
    expect(read({ cpuCostIdle: 0, ramCostIdle: 0, gpuCostIdle: 0 }).parts.idle).toBeNull();
    expect(read({ cpuCostIdle: 0.25, ramCostIdle: 0, gpuCostIdle: 1 }).parts.idle).toBe(1.25);
  });
  it("refuses a server whose days are not UTC's: it would count two of them as one", async () => {
    const of = (start: string, end: string) => allocationApiSource(server, answering([{ [key("sabcdefg", MINE)]: row({ window: { start, end } }) }]).ask).allocations({ window, now });
    await expect(of("2026-11-22T08:00:00Z", "2026-11-24T08:00:00Z")).rejects.toThrow("summed up 2026-11-22T08:00:00.000Z to 2026-11-24T08:00:00.000Z: its days begin at another hour");
    await expect(of("2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z")).resolves.toMatchObject({ allocations: [{ total: 20.5 }] });
  });
  it("asks each kind at its path, by its names", () => {
    const kubecost = new URL(allocationUrl({ ...server, url: "http://k:9090/model" }, window.from, window.to));
    expect(kubecost.pathname).toBe("/model/allocation");
    expect(kubecost.searchParams.get("window")).toBe("2026-11-23T00:00:00Z,2026-11-24T00:00:00Z");
    expect(kubecost.searchParams.get("idle")).toBe("true");
    const opencost = new URL(allocationUrl({ ...server, kind: "opencost" }, window.from, window.to));
    expect(opencost.pathname).toBe("/allocation");
    expect(opencost.searchParams.get("includeIdle")).toBe("true");
  });
  it("takes what is missing, null or NaN for unknown, and an unknown part makes an unknown sum", async () => {
    const text = `{"code":200,"data":[{"sabcdefg/${PROJECT}/${MINE}":{"cpuCost":NaN,"ramCost":null,"gpuCost":-Inf,"networkCost":"NaN","totalCost":NaN,"note":"a NaN in text"}}]}`;
    const [read] = readAllocationSet(text, "Kubecost");
    expect(read!.parts).toEqual({ cpu: null, memory: null, gpu: null, network: null, storage: null, loadBalancer: null, idle: null, shared: null });
    expect(read!.total).toBeNull();
    expect(parseLoosely(text)).toMatchObject({ data: [{ [key("sabcdefg", MINE)]: { note: "a NaN in text" } }] });
    const { ask } = answering([{ [key("sabcdefg", MINE)]: row() }, { [key("sabcdefg", MINE)]: row({ totalCost: null, cpuCost: null }) }]);
    const { allocations: [a] } = await allocationApiSource(server, ask).allocations({ window: { from: window.from, to: new Date("2026-11-25T00:00:00Z") }, now });
    expect(a!.total).toBeNull();
    expect(a!.perDay).toEqual([{ day: "2026-11-23", total: 20.5 }, { day: "2026-11-24", total: null }]);
  });
  it("answers only what was asked, whatever a server without filters sends; idle and foreign workloads stay apart", async () => {
    const { ask } = answering([{ [key("sabcdefg", MINE)]: row(), [key("sabcdefg", THEIRS)]: row(), [key("sotherxx", MINE)]: row({ totalCost: 7 }), __idle__: row({ totalCost: 3 }), "__unallocated__/__unallocated__/__unallocated__": row({ totalCost: 5 }) }]);
    const { allocations } = await allocationApiSource(server, ask).allocations({ window, now, deploymentIds: [MINE] });
    expect(allocations.map((a) => [a.kind, a.deploymentId, a.total])).toEqual([["deployment", MINE, 20.5], ["other", null, 12], ["idle", null, 3]]);
  });
  it("says when the server's clock is off and when its figures end early", async () => {
    const { ask } = answering([{ [key("sabcdefg", MINE)]: row({ end: "2026-11-23T20:00:00Z" }) }], { date: new Date(now.getTime() + 600_000) });
    const answer = await allocationApiSource(server, ask).allocations({ window, now });
    expect(answer.covered.to).toEqual(new Date("2026-11-23T20:00:00Z"));
    expect(answer.notes).toEqual(["The clock of Kubecost is 10 minutes ahead of this machine's.", "The figures of Kubecost end 240 minutes before the time asked for."]);
  });
  it("tells a refusal, a sign-in page, a wrong path and nonsense apart, and repeats no header", async () => {
    const fails = async (status: number, text: string) => allocationApiSource(server, async () => ({ status, text, date: null })).allocations({ window, now }).then(() => "none", (e: Error) => e.message);
    expect(await fails(401, "")).toContain("Check the header");
    expect(await fails(302, "")).toContain("sign-in page");
    expect(await fails(404, "")).toContain("port of its frontend");
    expect(await fails(200, "<html>")).toContain("not JSON");
    expect(await fails(200, '{"data":{}}')).toContain("in a shape");
    expect(await fails(400, '{"code":400,"data":null,"message":"bad window"}')).toContain("bad window");
    for (const text of await Promise.all([fails(401, ""), fails(500, "x")])) expect(text).not.toContain("s3cret");
  });
  it("cuts a window into UTC days without a gap", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 1, max: 40 * 86_400_000 }), (from, length) => {
      const pages = daysOf(new Date(from), new Date(from + length));
      expect(pages[0]![0].getTime()).toBe(from);
      expect(pages.at(-1)![1].getTime()).toBe(from + length);
      pages.forEach(([a, b], i) => { expect(a.getUTCDate()).toBe(new Date(b.getTime() - 1).getUTCDate()); if (i > 0) expect(pages[i - 1]![1]).toEqual(a); });
    }), { numRuns: 200 });
  });
});

describe("where a cost server may be", () => {
  const to = (address: string, protocol = "http:") => whyNoCostServer({ address, port: 9090, protocol });
  it("is a private address or public https, never a metadata service and never a secret in the clear", () => {
    expect(to("10.0.3.4")).toBeNull();
    expect(to("8.8.8.8", "https:")).toBeNull();
    expect(to("8.8.8.8")).toContain("https only");
    for (const address of ["169.254.169.254", "fd00:ec2::254", "::ffff:10.0.0.1", "224.0.0.1"]) expect(to(address), address).not.toBeNull();
  });
});

// Recorded from OpenCost 1.108.0 over Prometheus 2.42.0 on a control plane with kwok's nodes (e2e/cluster/opencost; `npm run prove -- --only opencost` runs it anew).
describe("an answer recorded from a real OpenCost", () => {
  const recorded = JSON.parse(fs.readFileSync(new URL("__fixtures__/opencost-1.108.0.json", import.meta.url), "utf8")) as { recorded: string; query: string; answer: unknown };
  const [from, to] = new URLSearchParams(recorded.query).get("window")!.split(",").map((t) => new Date(t)) as [Date, Date];
  const opencost: CostServer = { kind: "opencost", url: "http://opencost:9003", header: null, instance: "sabcdefg" };
  it("was asked as it is asked now, and is read: two equal deployments cost the same, idle and another Slipway's apart", async () => {
    expect(new URL(allocationUrl(opencost, from, to)).search).toBe(recorded.query);
    const { allocations, estimate, notes } = await allocationApiSource(opencost, async () => ({ status: 200, text: JSON.stringify(recorded.answer), date: null })).allocations({ window: { from, to }, now: to });
    const of = (id: string) => allocations.find((a) => a.deploymentId === id);
    expect(of(MINE)!.parts).toMatchObject({ gpu: 0, network: 0, idle: null });
    expect(of(MINE)!.total).toBeCloseTo(of(MINE)!.parts.cpu! + of(MINE)!.parts.memory!, 4);
    // The second one ran on a spot node: OpenCost without a spot data feed bills it at the same rate, which is what reconcile names.
    expect(of(THEIRS)!.total).toBe(of(MINE)!.total);
    expect(allocations.filter((a) => a.kind === "deployment")).toHaveLength(2);
    expect(allocations.find((a) => a.kind === "idle")!.total).toBeGreaterThan(of(MINE)!.total!);
    expect([estimate, notes[0]]).toEqual([true, expect.stringContaining("spot data feed")]);
  });
});
