import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { pageQuery, slugSchema } from "@/lib/api/schema";
import { fitVersion } from "@/lib/models/fit-version";
import { versionNumber } from "@/lib/models/schema";
import { fitSchema } from "@/lib/profiles/fit";
import { getProfile, listProfiles } from "@/lib/profiles/list-profiles";
import { profileListSchema, profileSchema } from "@/lib/profiles/schema";

const tag = "Profiles";

export const listProfilesEndpoint = endpoint({
  id: "listProfiles", method: "GET", path: "/api/v1/profiles", summary: "List profiles with price and interruption risk", tag,
  policy: { kind: "signed-in" }, query: pageQuery.extend({ targetKind: z.enum(["local", "aws", "kubernetes"]).optional(), target: slugSchema.optional().meta({ description: "Only those that this target offers" }) }),
  responses: { 200: { description: "A page of profiles, local ones first", schema: profileListSchema } },
  handler: async ({ query }) => ({ status: 200, body: await listProfiles(query) }),
});

export const getProfileEndpoint = endpoint({
  id: "getProfile", method: "GET", path: "/api/v1/profiles/{profile}", summary: "Get a profile", tag,
  policy: { kind: "signed-in" }, params: z.object({ profile: z.string().max(80) }),
  responses: { 200: { description: "The profile", schema: profileSchema } },
  handler: async ({ params }) => ({ status: 200, body: await getProfile(params.profile) }),
});

export const fitVersionEndpoint = endpoint({
  id: "fitVersion", method: "GET", path: "/api/v1/projects/{project}/models/{model}/versions/{version}/fit", summary: "Does a version fit each profile?", tag,
  description: "Memory needed, read from the files' own headers, against accelerator, host and disk of every profile.",
  policy: { kind: "project", permission: "model.read" }, params: z.object({ project: slugSchema, model: slugSchema, version: versionNumber }),
  query: z.object({ context: z.coerce.number().int().min(1).max(10_000_000).optional(), concurrency: z.coerce.number().int().min(1).max(10_000).optional() }),
  responses: { 200: { description: "One verdict a profile", schema: z.object({ items: z.array(z.object({ profile: z.string(), fit: fitSchema })) }) } },
  handler: async ({ project, params, query }) => ({ status: 200, body: { items: await fitVersion(project.id, params.model, params.version, query) } }),
});
