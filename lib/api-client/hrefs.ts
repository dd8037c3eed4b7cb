const seg = encodeURIComponent;

/** Where the portal shows a thing. Things are addressed by slug. */
export const modelsHref = (project: string): string => `/app/${seg(project)}/models`;
export const modelHref = (project: string, model: string): string => `/app/models/${seg(project)}/${seg(model)}`;
export const deploymentHref = (project: string, deployment: string): string => `/app/deployments/${seg(project)}/${seg(deployment)}`;
export const newProjectHref = "/app/settings/projects?new=1";
/** Where the sample model is deployed from: the last step of the set-up leads to the home page, whose first action it is. */
export const deploySampleHref = "/app";
