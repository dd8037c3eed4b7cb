import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { listInstanceTypes } from "@/lib/prices/list-instance-types";
import { instanceTypeListSchema } from "@/lib/prices/instance-type";
import { listReadings, priceReadingsSchema } from "@/lib/prices/list-readings";
import { refreshPrices } from "@/lib/prices/refresh-prices";
import { awsRegionSchema } from "@/lib/targets/eks/region";

const tag = "Profiles";

export const listInstanceTypesEndpoint = endpoint({
  id: "listInstanceTypes", method: "GET", path: "/api/v1/instance-types", summary: "AWS instance types of a region with prices and interruption risk", tag,
  description: "Every instance type on file, offered as a profile or not. A price that nobody has read of the region is null, never another region's.",
  policy: { kind: "signed-in" }, query: z.object({ region: awsRegionSchema.optional() }),
  responses: { 200: { description: "All types of the region, and the regions there are", schema: instanceTypeListSchema } },
  handler: async ({ query }) => ({ status: 200, body: await listInstanceTypes(query.region) }),
});

export const listPriceReadingsEndpoint = endpoint({
  id: "listPriceReadings", method: "GET", path: "/api/v1/prices", summary: "Where prices come from, and how old they are", tag,
  policy: { kind: "signed-in" },
  responses: { 200: { description: "Each kind of figure and region that was read", schema: priceReadingsSchema } },
  handler: async () => ({ status: 200, body: await listReadings() }),
});

export const refreshPricesEndpoint = endpoint({
  id: "refreshPrices", method: "POST", path: "/api/v1/prices/refresh", summary: "Read prices of AWS now", tag,
  description: "On-demand prices (pricing:GetProducts), spot prices (ec2:DescribeSpotPriceHistory) and accelerator memory (ec2:DescribeInstanceTypes) with the credentials of an EKS target, and the public Spot Advisor file. A reading that fails keeps the last good one and says why. The worker does the same on a schedule.",
  policy: { kind: "instance", permission: "profile.manage" }, idempotent: false,
  body: z.strictObject({ regions: z.array(awsRegionSchema).min(1, "must name a region").max(10, "may have at most 10").optional().meta({ description: "Left out: every region a target is in" }) }).meta({ id: "RefreshPrices" }),
  responses: { 200: { description: "How each reading went", schema: priceReadingsSchema } },
  handler: async ({ actor, body }) => ({ status: 200, body: await refreshPrices(actor, body) }),
});
