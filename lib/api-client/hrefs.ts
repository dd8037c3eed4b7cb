const seg = encodeURIComponent;

/** Where the portal shows a thing. Things are addressed by slug. */
export const modelsHref = (project: string): string => `/app/${seg(project)}/models`;
export const modelHref = (project: string, model: string): string => `/app/${seg(project)}/models/${seg(model)}`;
/** The wizard. `version` and `profile`: chosen beforehand. */
export const deployHref = (project: string, model: string, chosen: { version?: number; profile?: string } = {}): string => {
  const query = new URLSearchParams(Object.entries(chosen).flatMap(([k, v]) => (v === undefined ? [] : [[k, String(v)]])));
  return `${modelHref(project, model)}/deploy${query.size > 0 ? `?${query}` : ""}`;
};
export const deploymentsHref = (project: string): string => `/app/${seg(project)}/deployments`;
export const deploymentHref = (project: string, deployment: string): string => `/app/${seg(project)}/deployments/${seg(deployment)}`;
export const newProjectHref = "/app/settings/projects?new=true";
