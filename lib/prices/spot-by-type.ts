import type { SpotZones } from "@/lib/prices/reading";

export type SpotRecord = { instanceType: string; zone: string; usdPerHour: number; at: Date };

/**
 * The price in force in each zone, and of a type's zones the middle one: of an even number the dearer of the two in the middle, since which
 * zone a node comes up in is not ours to choose. A price somebody is charged, never a mean.
 */
export function spotByType(records: readonly SpotRecord[]): Record<string, SpotZones> {
  const newest = new Map<string, SpotRecord>();
  for (const record of records) {
    if (!(record.usdPerHour > 0) || !Number.isFinite(record.usdPerHour)) continue;
    const key = `${record.instanceType} ${record.zone}`;
    const held = newest.get(key);
    if (!held || held.at < record.at) newest.set(key, record);
  }
  const byType = Map.groupBy(newest.values(), (r) => r.instanceType);
  return Object.fromEntries([...byType].sort(([a], [b]) => a.localeCompare(b)).map(([type, zones]) => {
    const prices = zones.map((z) => z.usdPerHour).sort((a, b) => a - b);
    return [type, { value: prices[Math.floor(prices.length / 2)]!, lowest: prices[0]!, highest: prices.at(-1)!, zones: prices.length }];
  }));
}
