import { getVersion } from "@/lib/models/get-version";
import { fit, type FitOptions } from "@/lib/profiles/fit";
import { listProfiles } from "@/lib/profiles/list-profiles";

/** The fit of one version on every profile of the catalogue. */
export async function fitVersion(projectId: string, modelSlug: string, number: number, options: FitOptions) {
  const v = await getVersion(projectId, modelSlug, number);
  const model = { format: v.format, weightBytes: v.weightBytes, weightBytesByType: v.weightBytesByType, parameters: v.parameters, facts: v.facts, fileBytes: v.sizeBytes };
  const { items } = await listProfiles({ limit: 10_000 });
  return items.map((profile) => ({ profile: profile.slug, fit: fit(model, profile, options) }));
}
