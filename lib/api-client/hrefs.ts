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
export const alertsHref = (chosen: { project?: string; view?: "history" } = {}): string => {
  const query = new URLSearchParams(Object.entries(chosen).filter((e): e is [string, string] => e[1] !== undefined));
  return `/app/alerts${query.size > 0 ? `?${query}` : ""}`;
};
export const alertRulesHref = (project: string): string => `/app/alerts/rules?project=${seg(project)}`;
export const alertChannelsHref = (project: string): string => `/app/alerts/channels?project=${seg(project)}`;
export const alertRuleHref = (rule: string): string => `/app/alerts/rules/${seg(rule)}`;
/** The form, with a deployment chosen beforehand. */
export const newAlertRuleHref = (project: string, deployment?: string): string => `/app/alerts/rules/new?project=${seg(project)}${deployment ? `&deployment=${seg(deployment)}` : ""}`;
export const leadHref = (lead: string): string => `/app/leads/${seg(lead)}`;
export const leadListHref = (list: string): string => `/app/leads/lists/${seg(list)}`;
