import type { AwsData } from "@/lib/profiles/aws-data";
import type { Reading } from "@/lib/prices/reading";

/**
 * The figures that ship with Slipway, and over them what was read since. Each keeps its own source and date: a type that a reading does not
 * name keeps the older figure. The Spot Advisor's file is taken whole, and only when it is newer. Pure.
 */
export function withReadings(data: AwsData, readings: readonly Reading[]): AwsData {
  const live: NonNullable<AwsData["live"]> = { onDemand: {}, spot: {} };
  let { types, spot } = data;
  for (const r of readings) {
    const { source, asOf } = r;
    switch (r.kind) {
      case "on-demand": live.onDemand[r.region] = { source, asOf, prices: r.data.prices }; break;
      case "spot": live.spot[r.region] = { source, asOf, prices: r.data.prices }; break;
      case "spot-advisor": if (Date.parse(asOf) > Date.parse(spot.asOf)) spot = { source, asOf, ...r.data }; break;
      case "accelerator-memory": types = { ...types, types: withMemory(types.types, r.data.memoryMibEach) }; break;
    }
  }
  return { ...data, types, spot, live };
}

function withMemory(types: AwsData["types"]["types"], memory: Record<string, number>): AwsData["types"]["types"] {
  return Object.fromEntries(Object.entries(types).map(([name, type]) => {
    const mib = memory[name];
    if (!type.accelerator || type.accelerator.memoryMiBEach !== null || mib === undefined) return [name, type];
    return [name, { ...type, accelerator: { ...type.accelerator, memoryMiBEach: mib } }];
  }));
}
