import { z } from "zod";
import { quoteSchema } from "@/lib/costs/quote";
import { acceleratorSchema, spotRiskSchema } from "@/lib/profiles/schema";

export const instanceTypeSchema = z.object({
  instanceType: z.string(), vcpu: z.number().int(), memoryMib: z.number().int(), architecture: z.enum(["amd64", "arm64"]),
  allocatable: z.object({ cpuMillicores: z.number().int(), memoryMib: z.number().int() }).describe("What pods can have of it, as Karpenter works it out"),
  localNvmeGb: z.number().nullable(), accelerator: acceleratorSchema.nullable(),
  onDemand: quoteSchema.nullable().describe("null: no price on file for the region"), spotPrice: quoteSchema.nullable(), spot: spotRiskSchema.nullable(),
  profile: z.string().nullable().describe("Slug of the on-demand profile made of it; null: not offered as a profile"),
}).meta({ id: "InstanceType" });
export type InstanceTypeDto = z.infer<typeof instanceTypeSchema>;

export const instanceTypeListSchema = z.object({
  region: z.string(), items: z.array(instanceTypeSchema),
  regions: z.array(z.object({ region: z.string(), onDemand: z.boolean(), spot: z.boolean() })).describe("Regions there is anything on file of, and whether prices are among it"),
});
export type InstanceTypeList = z.infer<typeof instanceTypeListSchema>;
