import { multiplyUsd } from "@/lib/costs/money";
import { ageInDays, makeQuote, STALE_AFTER_DAYS, type Quote } from "@/lib/costs/quote";
import type { AwsData } from "./aws-data";
import { onDemandPrice } from "./on-demand-price";
import type { SpotRisk } from "./schema";

/** The Spot Advisor's row of an instance type in a region as of `now`; null where there is none. */
export function spotRisk(data: AwsData["spot"], region: string, instanceType: string, now: Date): SpotRisk | null {
  const row = data.regions[region]?.[instanceType];
  const range = row && data.ranges.find((r) => r.index === row.r);
  if (!row || !range) return null;
  const asOf = new Date(data.asOf).toISOString();
  return ageRisk({ band: range.label, rangeIndex: row.r, savingsPercent: row.s, source: data.source, asOf }, now);
}

/** A row of the advisor seen at `now`. */
export function ageRisk(risk: Omit<SpotRisk, "ageDays" | "stale">, now: Date): SpotRisk {
  const ageDays = ageInDays(risk.asOf, now);
  return { ...risk, ageDays, stale: ageDays > STALE_AFTER_DAYS.spot };
}

/** Spot price of a type: what was read of the market, else the one composed of the on-demand price and the advisor's savings; null: neither. */
export function spotPrice(data: AwsData, region: string, instanceType: string, now: Date): Quote | null {
  const read = data.live?.spot[region];
  const zones = read?.prices[instanceType];
  if (!read || !zones) return composeSpotPrice(onDemandPrice(data, region, instanceType, now), spotRisk(data.spot, region, instanceType, now), now);
  return makeQuote({
    value: zones.value, region, source: read.source, asOf: read.asOf, staleAfterDays: STALE_AFTER_DAYS.spot,
    note: zones.zones === 1 ? "The price of its one zone when it was read; it changes with the market." : `The middle one of ${zones.zones} zones when it was read, from $${zones.lowest} to $${zones.highest}; it changes with the market.`,
  }, now);
}

/**
 * Spot price composed of an on-demand price and the advisor's savings. The two come from files of different dates: the quote names both,
 * takes the older date and is an estimate. null when either is unknown.
 */
export function composeSpotPrice(onDemand: Quote | null, risk: SpotRisk | null, now: Date): Quote | null {
  if (!onDemand || !risk) return null;
  const older = Date.parse(onDemand.asOf) < Date.parse(risk.asOf) ? onDemand.asOf : risk.asOf;
  return makeQuote({
    value: multiplyUsd(onDemand.value, (100 - risk.savingsPercent) / 100),
    region: onDemand.region,
    source: `${onDemand.source} (${day(onDemand.asOf)}) less the savings of ${risk.source} (${day(risk.asOf)})`,
    asOf: older,
    staleAfterDays: STALE_AFTER_DAYS.spot,
    estimate: true,
    note: `On-demand $${onDemand.value}/h of ${day(onDemand.asOf)} less ${risk.savingsPercent}% of ${day(risk.asOf)}: figures of different dates, not a spot price that was quoted.`,
  }, now);
}

const day = (iso: string) => iso.slice(0, 10);
