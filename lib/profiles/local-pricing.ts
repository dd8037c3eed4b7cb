import { multiplyUsd, toNanodollars, toUsd } from "@/lib/costs/money";
import { makeQuote, type Quote } from "@/lib/costs/quote";
import { awsData, type AwsData } from "./aws-data";
import { DEFAULT_REGION } from "./catalogue";
import { onDemandPrice } from "./on-demand-price";

/** Unit prices of which an estimate of this machine's time is made. */
export type LocalPricing = { usdPerVcpuHour: number; usdPerGibHour: number; source: string; asOf: string; region: string };

// Same generation, same two vCPUs, 4 and 8 GiB: their difference prices the memory, what is left prices the vCPUs.
const LEAN = "c7i.large";
const ROOMY = "m7i.large";

/** Price of a vCPU and of a GiB, solved from two on-demand types that differ in memory only; null when the data lacks either. */
export function localPricing(now: Date, data: AwsData = awsData()): LocalPricing | null {
  const leanPrice = onDemandPrice(data, DEFAULT_REGION, LEAN, now);
  const roomyPrice = onDemandPrice(data, DEFAULT_REGION, ROOMY, now);
  const lean = data.types.types[LEAN];
  const roomy = data.types.types[ROOMY];
  if (!leanPrice || !roomyPrice || !lean || !roomy || lean.vcpu !== roomy.vcpu || roomy.memoryMiB <= lean.memoryMiB) return null;
  const extraGib = BigInt((roomy.memoryMiB - lean.memoryMiB) / 1024);
  const gib = (toNanodollars(roomyPrice.value) - toNanodollars(leanPrice.value)) / extraGib;
  const vcpu = (toNanodollars(leanPrice.value) - gib * BigInt(lean.memoryMiB / 1024)) / BigInt(lean.vcpu);
  return {
    usdPerVcpuHour: toUsd(vcpu), usdPerGibHour: toUsd(gib), region: DEFAULT_REGION, asOf: leanPrice.asOf,
    source: `estimate: ${LEAN} and ${ROOMY} on-demand, ${DEFAULT_REGION}, pro rata`,
  };
}

/** What a share of this machine would cost on AWS: an estimate, always labelled as one. */
export function estimateLocalPrice(share: { cpuMillicores: number; memoryMib: number }, pricing: LocalPricing, now: Date): Quote {
  const nano = toNanodollars(multiplyUsd(pricing.usdPerVcpuHour, share.cpuMillicores / 1000)) + toNanodollars(multiplyUsd(pricing.usdPerGibHour, share.memoryMib / 1024));
  return makeQuote({
    value: toUsd(nano), region: pricing.region, source: pricing.source, asOf: pricing.asOf, estimate: true,
    note: `This machine sends no bill: its time is valued at $${pricing.usdPerVcpuHour} a vCPU and $${pricing.usdPerGibHour} a GiB an hour.`,
  }, now);
}
