import { getVersion } from "@/lib/models/get-version";
import { fit, type FitModel, type FitOptions } from "@/lib/profiles/fit";
import { listProfiles } from "@/lib/profiles/list-profiles";

/** What of a version the fit reads. */
export async function fitModelOf(projectId: string, modelSlug: string, number: number): Promise<FitModel> {
  const v = await getVersion(projectId, modelSlug, number);
  return { format: v.format, weightBytes: v.weightBytes, weightBytesByType: v.weightBytesByType, parameters: v.parameters, facts: v.facts, fileBytes: v.sizeBytes };
}

/** The fit of one version on every profile of the catalogue. */
export async function fitVersion(projectId: string, modelSlug: string, number: number, options: FitOptions) {
  const model = await fitModelOf(projectId, modelSlug, number);
  const { items } = await listProfiles({ limit: 10_000 });
  return items.map((profile) => ({ profile: profile.slug, fit: fit(model, profile, options) }));
}
