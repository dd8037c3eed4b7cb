import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advisorFile, product } from "@/e2e/aws-price-double";
import { accountFor } from "@/lib/prices/aws-account";
import { parseSpotAdvisor } from "@/lib/prices/ask-spot-advisor";
import { instanceTypes } from "@/lib/prices/list-instance-types";
import { parseProducts } from "@/lib/prices/parse-products";
import { dueReadings, readingsOf } from "@/lib/prices/plan-readings";
import { spotByType } from "@/lib/prices/spot-by-type";
import { withReadings } from "@/lib/prices/with-readings";
import { awsData } from "@/lib/profiles/aws-data";
import { awsProfiles } from "@/lib/profiles/catalogue";

const NOW = new Date("2026-11-27T12:00:00Z");
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

describe("the price list", () => {
  const wanted = new Set(["g5.xlarge", "g6.xlarge"]);
  const parse = (...list: string[]) => Object.fromEntries(parseProducts(list, wanted));
  it("gives USD an hour of the types wanted, without the entries that cost nothing", () => {
    expect(parse(product("g5.xlarge", "1.0060000000", "us-east-1", "BoxUsage"), product("g5.xlarge", "0.0000000000", "us-east-1", "UnusedBox"), product("t3.nano", "0.0052", "us-east-1", "BoxUsage"))).toEqual({ "g5.xlarge": 1.006 });
  });
  it("leaves out licences, and a type of which two entries disagree", () => {
    expect(parse(product("g5.xlarge", "1.006", "us-east-1", "BoxUsage", "RunInstances:0010"), product("g6.xlarge", "0.8", "us-east-1", "BoxUsage"), product("g6.xlarge", "0.9", "us-east-1", "EUBoxUsage"))).toEqual({});
  });
  it("passes over what is no offer: broken text, another currency, another unit", () => {
    const cny = product("g5.xlarge", "1", "cn-north-1", "BoxUsage").replace('"USD"', '"CNY"');
    expect(parse("{", "[]", cny, product("g5.xlarge", "1", "us-east-1", "BoxUsage").replace('"Hrs"', '"Quantity"'))).toEqual({});
  });
});

describe("spot prices", () => {
  const record = (zone: string, usdPerHour: number, minutes = 0, instanceType = "g5.xlarge") => ({ instanceType, zone, usdPerHour, at: at(minutes) });
  it("are the newest of each zone, and of the zones the middle one, the dearer of two", () => {
    expect(spotByType([record("a", 0.4), record("a", 0.5, -60), record("b", 0.45), record("c", 0.3)])).toEqual({ "g5.xlarge": { value: 0.4, lowest: 0.3, highest: 0.45, zones: 3 } });
    expect(spotByType([record("a", 0.4), record("b", 0.5)])["g5.xlarge"]).toMatchObject({ value: 0.5, zones: 2 });
  });
  it("for any records: a price that was in them, between the ends", () => {
    fc.assert(fc.property(fc.array(fc.record({ zone: fc.constantFrom("a", "b", "c", "d"), usd: fc.double({ min: -1, max: 50, noNaN: true }), minute: fc.integer({ min: -500, max: 0 }) })), (all) => {
      const { "g5.xlarge": found } = spotByType(all.map((r) => record(r.zone, r.usd, r.minute)));
      if (!found) return all.every((r) => r.usd <= 0);
      expect(all.some((r) => r.usd === found.value)).toBe(true);
      expect(found.lowest <= found.value && found.value <= found.highest).toBe(true);
      return true;
    }));
  });
});

describe("the Spot Advisor's file", () => {
  const types = new Set(["g5.xlarge"]);
  it("is taken for Linux and the types on file", () => {
    expect(parseSpotAdvisor(advisorFile({ "us-east-1": { "g5.xlarge": { s: 60, r: 2 }, "t3.nano": { s: 1, r: 0 } }, "eu-west-1": { "t3.nano": { s: 1, r: 0 } } }), types).regions).toEqual({ "us-east-1": { "g5.xlarge": { s: 60, r: 2 } } });
  });
  it("is refused where its shape is another, rather than half read", () => {
    for (const text of ["<html>", "{}", advisorFile({}), advisorFile({ "us-east-1": { "g5.xlarge": { s: 60, r: 9 } } })]) expect(() => parseSpotAdvisor(text, types)).toThrow(/Spot Advisor/);
  });
});

describe("what is due", () => {
  const wanted = readingsOf(["us-east-1", "us-east-1"]);
  it("is everything at first, a day later the list price, and after a failure the next hour", () => {
    expect(wanted.map((w) => `${w.kind} ${w.region}`)).toEqual(["on-demand us-east-1", "spot us-east-1", "spot-advisor world", "accelerator-memory world"]);
    expect(dueReadings(wanted, [], NOW)).toEqual(wanted);
    const known = wanted.map((w) => ({ ...w, triedAt: NOW, problem: null as string | null }));
    expect(dueReadings(wanted, known, at(5 * 60))).toEqual([]);
    expect(dueReadings(wanted, known, at(7 * 60)).map((w) => w.kind)).toEqual(["spot"]);
    expect(dueReadings(wanted, known.map((k) => ({ ...k, problem: "refused" })), at(59))).toEqual([]);
    expect(dueReadings(wanted, known.map((k) => ({ ...k, problem: "refused" })), at(60))).toHaveLength(4);
  });
  it("asks with the account of a target in the region, else with the first", () => {
    const [a, b] = [{ target: "a", region: "us-east-1", role: null }, { target: "b", region: "eu-west-1", role: null }];
    expect([accountFor([a, b], "eu-west-1")?.target, accountFor([a, b], "ap-south-1")?.target, accountFor([], "us-east-1")]).toEqual(["b", "a", null]);
  });
});

describe("figures with readings over them", () => {
  const asOf = "2026-11-27T11:00:00.000Z";
  const read = withReadings(awsData(), [
    { kind: "on-demand", region: "us-east-1", source: "AWS Pricing API", asOf, data: { prices: { "g6.xlarge": 0.81 } } },
    { kind: "on-demand", region: "eu-west-3", source: "AWS Pricing API", asOf, data: { prices: { "g6.xlarge": 0.95 } } },
    { kind: "spot", region: "us-east-1", source: "EC2 spot price history", asOf, data: { prices: { "g6.xlarge": { value: 0.41, lowest: 0.38, highest: 0.5, zones: 4 } } } },
    { kind: "spot-advisor", region: "world", source: "AWS Spot Advisor", asOf, data: { ranges: awsData().spot.ranges, regions: { "us-east-1": { "g6.xlarge": { r: 1, s: 45 }, "g5.xlarge": { r: 0, s: 50 } } } } },
    { kind: "accelerator-memory", region: "world", source: "EC2 DescribeInstanceTypes", asOf, data: { memoryMibEach: { "inf2.xlarge": 32_768, "g6.xlarge": 1 } } },
  ]);
  const on = (slug: string, region = "us-east-1", data = read) => awsProfiles(region, NOW, data).find((p) => p.slug === slug) ?? expect.fail(`no ${slug}`);
  it("are fresh where they were read and old, with the old source, where they were not", () => {
    expect(on("g6-xlarge").price).toMatchObject({ value: 0.81, source: "AWS Pricing API", asOf, ageDays: 0, stale: false });
    expect(on("g5-xlarge").price).toMatchObject({ value: 1.006, stale: true, source: expect.stringContaining("karpenter") });
  });
  it("take the market's spot price instead of the composed one, and say what it is", () => {
    expect(on("g6-xlarge-spot")).toMatchObject({ price: { value: 0.41, estimate: false, stale: false, note: expect.stringMatching(/middle one of 4 zones.*\$0.38 to \$0.5/) }, spot: { band: "5-10%", stale: false } });
    expect(on("g5-xlarge-spot").price).toMatchObject({ value: 0.503, estimate: true, note: expect.stringMatching(/different dates/) });
  });
  it("price a region that had none, and no other", () => {
    expect(awsProfiles("eu-west-3", NOW).every((p) => p.price === null)).toBe(true);
    expect(on("g6-xlarge-eu-west-3", "eu-west-3").price?.value).toBe(0.95);
    expect(awsProfiles("eu-west-1", NOW, read).every((p) => p.price === null)).toBe(true);
  });
  it("fill in memory that was not on file, and never overwrite what was", () => {
    expect([on("inf2-xlarge").accelerator?.memoryMibEach, on("g6-xlarge").accelerator?.memoryMibEach]).toEqual([32_768, 22_888]);
  });
  it("keep the shipped advisor where what was read is older", () => {
    const older = withReadings(awsData(), [{ kind: "spot-advisor", region: "world", source: "x", asOf: "2020-01-01T00:00:00Z", data: { ranges: awsData().spot.ranges, regions: {} } }]);
    expect(older.spot).toEqual(awsData().spot);
  });
  it("list every type on file of a region, offered as a profile or not", () => {
    const listed = instanceTypes(awsData(), "us-east-1", NOW);
    expect(listed.items.length).toBeGreaterThan(200);
    expect(listed.items.find((i) => i.instanceType === "g4ad.xlarge")).toMatchObject({ profile: null });
    expect(listed.items.find((i) => i.instanceType === "g6.xlarge")).toMatchObject({ profile: "g6-xlarge", onDemand: { value: 0.8048 } });
    expect(listed.regions.find((r) => r.region === "eu-west-1")).toEqual({ region: "eu-west-1", onDemand: false, spot: false });
    expect(instanceTypes(awsData(), "eu-west-1", NOW).items.every((i) => i.onDemand === null && i.spotPrice === null && i.spot !== null)).toBe(true);
  });
});
