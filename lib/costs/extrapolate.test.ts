import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { awsProfiles } from "@/lib/profiles/catalogue";
import type { FitModel } from "@/lib/profiles/fit";
import { localProfiles } from "@/lib/profiles/local-profiles";
import { costPer1000, extrapolate, extrapolationSchema } from "./extrapolate";

const NOW = new Date("2026-08-01T00:00:00Z");
const resnet50: FitModel = { format: "onnx", weightBytes: 102_228_128, weightBytesByType: { F32: 102_228_128 }, parameters: 25_557_032, facts: {}, fileBytes: 102_400_000 };
const input = { measured: { meanMs: 40, p50Ms: 38, predictions: 250 }, measuredCpuMillicores: 1000, model: resnet50, profiles: awsProfiles("us-east-1", NOW) };
const answer = extrapolate(input)!;

describe("and on AWS?", () => {
  it("worked example: 40 ms on a g6.xlarge at $0.8048/h are 90,000 an hour and $0.00894222 per 1,000", () => {
    expect(answer.rows.find((r) => r.profile === "g6-xlarge")).toMatchObject({ requestsPerHour: 90_000, per1000Predictions: 0.008942222, fit: "fits", spot: null });
    expect(answer.rows.find((r) => r.profile === "g6-xlarge-spot")).toMatchObject({ per1000Predictions: 0.004560533, spot: { band: ">20%" } });
  });
  it("is sorted by cost, valid to its schema, and labelled as what it is", () => {
    const costs = answer.rows.map((r) => r.per1000Predictions!);
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
    expect(extrapolationSchema.parse(answer)).toEqual(answer);
    expect(answer.assumptions.join(" ")).toMatch(/extrapolation from 250 predictions.*upper bound.*busy all the time.*different dates/i);
  });
  it("leaves out what does not fit, what cannot be told, and CPUs with fewer cores than were measured", () => {
    expect(answer.leftOut.fitUnknown).toBe(input.profiles.filter((p) => p.accelerator?.kind === "neuron").length);
    const wide = extrapolate({ ...input, measuredCpuMillicores: 4000 })!;
    expect(wide.leftOut.fewerCores).toBeGreaterThan(0);
    expect(wide.rows.some((r) => r.profile === "c7i-large")).toBe(false);
    const huge = extrapolate({ ...input, model: { ...resnet50, weightBytes: 3e10, fileBytes: 3e10 } })!;
    expect(huge.leftOut.doesNotFit).toBeGreaterThan(0);
    expect(huge.rows.some((r) => r.profile === "g6-xlarge")).toBe(false);
  });
  it("lists profiles without a price last, without inventing one", () => {
    const rows = extrapolate({ ...input, profiles: [...awsProfiles("eu-west-1", NOW), ...input.profiles] })!.rows;
    const first = rows.findIndex((r) => r.per1000Predictions === null);
    expect(first).toBeGreaterThan(0);
    expect(rows.slice(first).every((r) => r.price === null && r.per1000Predictions === null)).toBe(true);
  });
  it("says nothing before a measurement, and nothing about this machine", () => {
    expect(extrapolate({ ...input, measured: { meanMs: 0, p50Ms: 0, predictions: 0 } })).toBeNull();
    expect(extrapolate({ ...input, profiles: localProfiles({ cores: 4, memoryMib: 8192, diskGib: 9, architecture: "amd64" }, null, NOW) })!.rows).toEqual([]);
  });
});

it("cost grows with price and with time, and is never negative", () => {
  const nanoUsd = fc.integer({ min: 0, max: 200_000 }).map((n) => n / 1000);
  fc.assert(fc.property(nanoUsd, fc.double({ min: 0.001, max: 1e6, noNaN: true }), (usd, ms) => {
    const cost = costPer1000(usd, ms);
    expect(cost).toBeGreaterThanOrEqual(0);
    expect(costPer1000(usd + 1, ms)).toBeGreaterThanOrEqual(cost);
    expect(costPer1000(usd, ms * 2)).toBeGreaterThanOrEqual(cost);
  }));
});
