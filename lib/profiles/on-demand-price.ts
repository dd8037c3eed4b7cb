import { makeQuote, STALE_AFTER_DAYS, type Quote } from "@/lib/costs/quote";
import type { AwsData } from "./aws-data";

/** On-demand Linux price of a type: as last read of AWS, else from the file; null where neither has it for the region. */
export function onDemandPrice({ onDemand: file, live }: AwsData, region: string, instanceType: string, now: Date): Quote | null {
  const read = live?.onDemand[region];
  const value = read?.prices[instanceType];
  if (read && value !== undefined) return makeQuote({ value, region, source: read.source, asOf: read.asOf, staleAfterDays: STALE_AFTER_DAYS.onDemand }, now);
  const filed = file.regions[region]?.[instanceType];
  if (filed === undefined) return null;
  return makeQuote({ value: filed, region, source: file.source, asOf: new Date(file.asOf).toISOString(), staleAfterDays: STALE_AFTER_DAYS.onDemand }, now);
}
