import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { slugSchema } from "@/lib/api/schema";
import { measureFleet } from "@/lib/fleet/measure-fleet";
import { fleetSchema, fleetWindowSchema } from "@/lib/fleet/schema";
import { readableProjects } from "@/lib/projects/readable-projects";

export const fleetEndpoint = endpoint({
  id: "getFleet", method: "GET", path: "/api/v1/fleet", summary: "Every deployment side by side", tag: "Measures",
  description: "Latency, errors, utilisation and cost of every deployment that the caller may read, and what is left of the error budget of each objective (rules of kind burnRate). Unknown is null, with `why`. Of this machine by roll-ups, which lag by about a minute; of a cluster by its source.",
  policy: { kind: "signed-in" }, query: z.object({ window: fleetWindowSchema, project: slugSchema.optional() }), responses: { 200: { description: "The fleet", schema: fleetSchema } },
  handler: async ({ actor, query }) => ({ status: 200, body: await measureFleet((await readableProjects(actor)).filter((p) => query.project === undefined || p.slug === query.project), query.window) }),
});
