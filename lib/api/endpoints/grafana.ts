import { z } from "zod";
import { endpoint, type Reply } from "@/lib/api/endpoint";
import { deploymentParams } from "@/lib/deployments/schema";
import { dashboardConfigMap } from "@/lib/observability/grafana/config-map";
import { deleteGrafana, getGrafana, putGrafana } from "@/lib/observability/grafana/grafana-settings";
import { pushDashboards } from "@/lib/observability/grafana/push-dashboards";
import { type Dashboard, readDeploymentDashboard, readFleetDashboard } from "@/lib/observability/grafana/read-dashboard";
import { dashboardQuery, dashboardSchema, datadogDashboardSchema, grafanaSchema, pushedSchema, putGrafanaSchema } from "@/lib/observability/grafana/schema";
import { targetParams } from "@/lib/targets-catalogue/schema";

const path = "/api/v1/targets/{target}/grafana";
const manage = { kind: "instance", permission: "target.manage" } as const;
const responses = { 200: { description: "A Grafana dashboard (schema 42), a ConfigMap that holds it, or a dashboard of Datadog", schema: z.union([dashboardSchema, datadogDashboardSchema, z.string()]) } };
const reply = ({ uid, dashboard }: Dashboard, as: "json" | "configmap" | "datadog"): Reply => as !== "configmap"
  ? { status: 200, body: dashboard, headers: { "content-disposition": `attachment; filename="${uid}${as === "datadog" ? "-datadog" : ""}.json"` } }
  : { status: 200, body: dashboardConfigMap(dashboard, uid), headers: { "content-type": "application/yaml; charset=utf-8", "content-disposition": `attachment; filename="${uid}.yaml"` } };

export const deploymentDashboardEndpoint = endpoint({
  id: "getDeploymentDashboard", method: "GET", path: "/api/v1/projects/{project}/deployments/{deployment}/dashboard", summary: "A deployment's Grafana dashboard", tag: "Measures",
  description: "By the same queries as the deployment's page. The data source is chosen in Grafana. 422 for a deployment on this machine, which no Prometheus scrapes.",
  policy: { kind: "project", permission: "deployment.read" }, params: deploymentParams, query: dashboardQuery, responses,
  handler: async ({ project, params, query }) => reply(await readDeploymentDashboard(project.id, params.deployment, query.as === "datadog" ? "datadog" : "grafana"), query.as),
});

export const fleetDashboardEndpoint = endpoint({
  id: "getFleetDashboard", method: "GET", path: `${path}/dashboard`, summary: "A Grafana dashboard of everything on a target", tag: "Targets",
  policy: manage, params: targetParams, query: dashboardQuery, responses,
  handler: async ({ params, query }) => reply(await readFleetDashboard(params.target, query.as === "datadog" ? "datadog" : "grafana"), query.as),
});

export const getGrafanaEndpoint = endpoint({
  id: "getGrafana", method: "GET", path, summary: "Where a target's measures are looked at in Grafana", tag: "Targets",
  policy: { kind: "signed-in" }, params: targetParams, responses: { 200: { description: "Its address, and what was pushed there last", schema: grafanaSchema } },
  handler: async ({ actor, params }) => ({ status: 200, body: await getGrafana(actor, params.target) }),
});

export const putGrafanaEndpoint = endpoint({
  id: "putGrafana", method: "PUT", path, summary: "Set a target's Grafana", tag: "Targets", description: "With the address alone, pages link to it; with a token, dashboards can be pushed. The address may be private, never a metadata service.",
  policy: manage, params: targetParams, body: putGrafanaSchema, responses: { 200: { description: "Set", schema: grafanaSchema } },
  handler: async ({ actor, params, body }) => ({ status: 200, body: await putGrafana(actor, params.target, body) }),
});

export const deleteGrafanaEndpoint = endpoint({
  id: "deleteGrafana", method: "DELETE", path, summary: "Forget a target's Grafana", tag: "Targets",
  policy: manage, params: targetParams, responses: { 204: { description: "Forgotten; dashboards stay where they are", schema: null } },
  handler: async ({ actor, params }) => {
    await deleteGrafana(actor, params.target);
    return { status: 204, body: null };
  },
});

export const pushGrafanaEndpoint = endpoint({
  id: "pushGrafanaDashboards", method: "POST", path: `${path}/push`, summary: "Push the dashboards of a target to its Grafana", tag: "Targets", description: "The fleet's and every deployment's, in place of what is there by their uid.",
  policy: manage, params: targetParams, responses: { 200: { description: "How many, and which were refused and why", schema: pushedSchema } },
  handler: async ({ actor, params }) => ({ status: 200, body: await pushDashboards(actor, params.target) }),
});
