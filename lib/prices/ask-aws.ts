import { DescribeInstanceTypesCommand, EC2Client, paginateDescribeSpotPriceHistory } from "@aws-sdk/client-ec2";
import { paginateGetProducts, PricingClient } from "@aws-sdk/client-pricing";
import type { AwsAccount } from "@/lib/prices/aws-account";
import { parseProducts } from "@/lib/prices/parse-products";
import type { Answer } from "@/lib/prices/reading";
import { type SpotRecord, spotByType } from "@/lib/prices/spot-by-type";
import { awsCredentials } from "@/lib/targets/eks/credentials";

const TIMEOUT_MS = 45_000;
/** Pages of 100 products; a region has about ten of plain Linux. */
const MOST_PAGES = 60;
/** EC2 takes 200 values a filter. */
const TYPES_AT_ONCE = 100;

/** Thrown where AWS answers, and what it says is no price: kept apart from what the SDK throws. */
export class NothingListed extends Error {}

/** The price list is answered by few regions; China has its own. */
const pricingRegion = (region: string) => (region.startsWith("cn-") ? "cn-northwest-1" : "us-east-1");

const clientOf = (account: AwsAccount, region: string) => ({ region, credentials: awsCredentials(account.region, account.role), maxAttempts: 3 });

/** On-demand list prices of Linux, shared tenancy, nothing pre-installed. */
export async function askOnDemand(region: string, types: ReadonlySet<string>, account: AwsAccount, now: Date): Promise<Answer<"on-demand">> {
  const client = new PricingClient(clientOf(account, pricingRegion(region)));
  const match = (Field: string, Value: string) => ({ Type: "TERM_MATCH" as const, Field, Value });
  const filters = [match("regionCode", region), match("operatingSystem", "Linux"), match("tenancy", "Shared"), match("preInstalledSw", "NA"), match("capacitystatus", "Used")];
  try {
    const list: string[] = [];
    let pages = 0;
    for await (const page of paginateGetProducts({ client, pageSize: 100 }, { ServiceCode: "AmazonEC2", FormatVersion: "aws_v1", Filters: filters }, { abortSignal: AbortSignal.timeout(TIMEOUT_MS) })) {
      list.push(...(page.PriceList ?? []).map(String));
      if (++pages >= MOST_PAGES) break;
    }
    const prices = parseProducts(list, types);
    if (prices.size === 0) throw new NothingListed(`AWS lists no price in USD for ${region}.`);
    return { data: { prices: Object.fromEntries([...prices].sort(([a], [b]) => a.localeCompare(b))) }, source: "AWS Pricing API", asOf: now };
  } finally {
    client.destroy();
  }
}

/** Spot prices in force now in each zone of the region. */
export async function askSpot(region: string, types: ReadonlySet<string>, account: AwsAccount, now: Date): Promise<Answer<"spot">> {
  const client = new EC2Client(clientOf(account, region));
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const records: SpotRecord[] = [];
    for (const some of inParts([...types])) {
      const input = { StartTime: now, EndTime: now, ProductDescriptions: ["Linux/UNIX", "Linux/UNIX (Amazon VPC)"], Filters: [{ Name: "instance-type", Values: some }] };
      for await (const page of paginateDescribeSpotPriceHistory({ client, pageSize: 1000 }, input, { abortSignal: signal })) {
        for (const p of page.SpotPriceHistory ?? []) {
          if (p.InstanceType && p.AvailabilityZone && p.SpotPrice && p.Timestamp) records.push({ instanceType: p.InstanceType, zone: p.AvailabilityZone, usdPerHour: Number(p.SpotPrice), at: p.Timestamp });
        }
      }
    }
    const prices = spotByType(records);
    if (Object.keys(prices).length === 0) throw new NothingListed(`AWS lists no spot price in ${region}.`);
    return { data: { prices }, source: "EC2 spot price history", asOf: now };
  } finally {
    client.destroy();
  }
}

/** Memory of each accelerator of these types, as EC2 describes them. */
export async function askAcceleratorMemory(types: readonly string[], account: AwsAccount, now: Date): Promise<Answer<"accelerator-memory">> {
  const client = new EC2Client(clientOf(account, account.region));
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const memoryMibEach: Record<string, number> = {};
  try {
    for (const some of inParts([...types])) {
      // A filter, not InstanceTypes: that refuses all for one that the region does not have.
      const { InstanceTypes } = await client.send(new DescribeInstanceTypesCommand({ Filters: [{ Name: "instance-type", Values: some }] }), { abortSignal: signal });
      for (const t of InstanceTypes ?? []) {
        const mib = t.GpuInfo?.Gpus?.[0]?.MemoryInfo?.SizeInMiB ?? t.NeuronInfo?.NeuronDevices?.[0]?.MemoryInfo?.SizeInMiB;
        if (t.InstanceType && mib && mib > 0) memoryMibEach[t.InstanceType] = mib;
      }
    }
    if (Object.keys(memoryMibEach).length === 0) throw new NothingListed(`EC2 describes none of these types in ${account.region}.`);
    return { data: { memoryMibEach }, source: "EC2 DescribeInstanceTypes", asOf: now };
  } finally {
    client.destroy();
  }
}

function* inParts(all: readonly string[]): Generator<string[]> {
  for (let at = 0; at < all.length; at += TYPES_AT_ONCE) yield all.slice(at, at + TYPES_AT_ONCE);
}
