import { ApiProblem, fetchJson } from "@/lib/api-client/fetch-json";
import type { DeploymentDto } from "@/lib/deployments/schema";
import type { ProjectDto } from "@/lib/projects/schema";
import type { SampleDto } from "@/lib/samples/schema";

export const FIRST_PROJECT = "demo";
const NAME = "iris";

export type SampleStep = "project" | "model" | "deployment";

/**
 * From nothing to a running model, by the REST API: a project where there is none, the sample model, its deployment on this
 * machine. Each step takes what an earlier try left, so that pressing the button again goes on where it stopped.
 */
export async function deploySample(project: string | null, onStep: (step: SampleStep) => void): Promise<{ project: string; deployment: string }> {
  const at = project ?? FIRST_PROJECT;
  if (project === null) {
    onStep("project");
    await unlessThere(fetchJson<ProjectDto>("/api/v1/projects", { body: { name: FIRST_PROJECT, displayName: "Demo" } }));
  }
  onStep("model");
  const { model, version } = await fetchJson<SampleDto>(`/api/v1/projects/${at}/samples`, { body: { name: NAME } });
  onStep("deployment");
  await unlessThere(fetchJson<DeploymentDto>(`/api/v1/projects/${at}/deployments`, {
    body: { name: NAME, model: model.slug, version: version.version, target: "local", profile: "local-small", scaling: { min: 1, max: 1 } },
  }));
  return { project: at, deployment: NAME };
}

async function unlessThere(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!(error instanceof ApiProblem) || error.code !== "already_exists") throw error;
  });
}
