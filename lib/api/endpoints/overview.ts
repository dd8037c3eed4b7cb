import { endpoint } from "@/lib/api/endpoint";
import { getOverview } from "@/lib/overview/get-overview";
import { overviewSchema } from "@/lib/overview/schema";

export const overviewEndpoint = endpoint({
  id: "getOverview", method: "GET", path: "/api/v1/overview", summary: "What runs and what needs attention", tag: "Overview",
  description: "Over all projects in which the caller may read deployments: counts by phase, what waits for somebody, and what happened lately.",
  policy: { kind: "signed-in" },
  responses: { 200: { description: "The overview", schema: overviewSchema } },
  handler: async ({ actor }) => ({ status: 200, body: await getOverview(actor) }),
});
