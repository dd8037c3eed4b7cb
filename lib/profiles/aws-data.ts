import { z } from "zod";
import type { SpotZones } from "@/lib/prices/reading";
import instanceTypesFile from "./data/aws/instance-types.json";
import onDemandFile from "./data/aws/on-demand-prices.json";
import spotAdvisorFile from "./data/aws/spot-advisor.json";

// 200 KB of JSON: this module is for the server. Client components get Profiles through the API.

const instanceTypeSchema = z.object({
  vcpu: z.number().int().positive(),
  memoryMiB: z.number().int().positive(),
  arch: z.enum(["amd64", "arm64"]),
  localNvmeGB: z.number().nullable(),
  accelerator: z
    .object({ name: z.string(), kind: z.enum(["gpu", "neuron"]), manufacturer: z.string(), count: z.number().int().positive(), memoryMiBEach: z.number().nullable() })
    .nullable(),
  allocatable: z.object({ cpu: z.string().regex(/^\d+m$/), memory: z.string().regex(/^\d+Mi$/), "ephemeral-storage": z.string().regex(/^\d+Gi$/) }).loose(),
});

const dataSchema = z.object({
  types: z.object({ commitDate: z.string(), source: z.string(), types: z.record(z.string(), instanceTypeSchema) }),
  onDemand: z.object({
    asOf: z.string(), source: z.string(), currency: z.literal("USD"), unit: z.literal("hour"),
    regions: z.record(z.string(), z.record(z.string(), z.number().positive())),
  }),
  spot: z.object({
    asOf: z.string(), source: z.string(),
    ranges: z.array(z.object({ index: z.number().int(), label: z.string(), max: z.number() })),
    regions: z.record(z.string(), z.record(z.string(), z.object({ r: z.number().int().min(0).max(4), s: z.number().max(100) }))),
  }),
});

export type AwsInstanceType = z.infer<typeof instanceTypeSchema>;
/** Prices of a region, read at one moment. */
type Dated<T> = { source: string; asOf: string; prices: Record<string, T> };

export type AwsData = z.infer<typeof dataSchema> & {
  /** By region, what was read since (lib/prices); it goes before the files. */
  live?: { onDemand: Record<string, Dated<number>>; spot: Record<string, Dated<SpotZones>> };
};

let cached: AwsData | undefined;

/** The AWS figures that ship with Slipway, validated at first use. Throws ZodError when a file has lost its shape, source or date. */
export function awsData(): AwsData {
  return (cached ??= dataSchema.parse({ types: instanceTypesFile, onDemand: onDemandFile, spot: spotAdvisorFile }));
}
