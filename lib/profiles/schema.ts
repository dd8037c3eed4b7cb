import { z } from "zod";
import { quoteSchema } from "@/lib/costs/quote";

/** Hours in a month, as AWS's own calculator counts: 365 × 24 / 12. */
export const HOURS_PER_MONTH = 730;

export const capacityTypeSchema = z.enum(["on-demand", "spot", "spot-with-fallback", "local"]);
export type CapacityType = z.infer<typeof capacityTypeSchema>;

export const acceleratorSchema = z.object({
  name: z.string().describe("Market name, like L4"),
  kind: z.enum(["gpu", "neuron"]),
  manufacturer: z.string(),
  count: z.number().int().positive(),
  memoryMibEach: z.number().int().positive().nullable().describe("null: not on file"),
});
export type Accelerator = z.infer<typeof acceleratorSchema>;

export const spotRiskSchema = z.object({
  band: z.string().describe("Share of such instances interrupted in the month before, like 5-10%"),
  rangeIndex: z.number().int().min(0).max(4).describe("0 is the calmest band, 4 is the open one"),
  savingsPercent: z.number().max(100).describe("Below the on-demand price; the advisor reports a few negative ones, where spot cost more"),
  source: z.string(),
  asOf: z.iso.datetime({ offset: true }),
  ageDays: z.number().int().nonnegative(),
  stale: z.boolean(),
});
export type SpotRisk = z.infer<typeof spotRiskSchema>;

export const profileSchema = z
  .object({
    slug: z.string(),
    name: z.string(),
    targetKind: z.enum(["local", "aws", "kubernetes"]).describe("local: this machine; aws: an instance type of a region; kubernetes: a share of whatever nodes a cluster has"),
    instanceType: z.string().nullable(),
    region: z.string().nullable(),
    accelerator: acceleratorSchema.nullable(),
    capacityType: capacityTypeSchema,
    vcpus: z.number().int().positive().nullable().optional().describe("Of the whole instance, as its account's quotas count them; null: no instance type, or not on file"),
    cpuMillicores: z.number().int().positive().describe("Allocatable to a replica"),
    memoryMib: z.number().int().positive().describe("Allocatable to a replica"),
    diskGib: z.number().nonnegative().nullable(),
    diskSizedFromModel: z.boolean().describe("true: diskGib is the default volume, and a larger one is asked for where a model needs it"),
    architecture: z.enum(["amd64", "arm64"]),
    price: quoteSchema.nullable().describe("Expected hourly price; null: no price on file"),
    pricePerMonth: z.number().nonnegative().nullable().describe(`USD for ${HOURS_PER_MONTH} hours`),
    priceOnDemand: quoteSchema.nullable().describe("On-demand price of the same instance: the ceiling of a spot profile"),
    spot: spotRiskSchema.nullable().describe("Interruption band and savings; null on capacity that is not interrupted, or where none is on file"),
  })
  .meta({ id: "Profile", description: "A GPU/CPU profile a model can be deployed on, with its price and risk" });

export type Profile = z.infer<typeof profileSchema>;

export const profileListSchema = z.object({ items: z.array(profileSchema), nextCursor: z.string().nullable() });
