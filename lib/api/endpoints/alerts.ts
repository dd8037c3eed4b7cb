import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery, projectParams, slugSchema } from "@/lib/api/schema";
import { createChannel, deleteChannel, listChannels, listDeliveries, replayDelivery, testChannel } from "@/lib/alerts/channels";
import { exportRules } from "@/lib/alerts/export-rules";
import { listActive } from "@/lib/alerts/list-active";
import { listAlerts } from "@/lib/alerts/list-alerts";
import { previewRule } from "@/lib/alerts/preview-rule";
import { createRule, deleteRule, getRule, listRules, replaceRule } from "@/lib/alerts/rules";
import { activeAlertSchema, channelSchema, createChannelSchema, createRuleSchema, createSilenceSchema, deliverySchema, incidentSchema, madeChannelSchema, previewRuleSchema, replaceRuleSchema, rulePreviewSchema, ruleSchema, silenceSchema } from "@/lib/alerts/schema";
import { createSilence, deleteSilence, listSilences } from "@/lib/alerts/silences";
import type { Actor } from "@/lib/auth/actor";
import { readableProjects } from "@/lib/projects/readable-projects";

const tag = "Alerts";
const base = "/api/v1/projects/{project}";
const read = { kind: "project", permission: "deployment.read" } as const;
const write = { kind: "project", permission: "deployment.write" } as const;
const with_ = <const K extends string>(key: K) => z.object({ project: slugSchema, [key]: z.uuid() } as { project: typeof slugSchema } & Record<K, z.ZodUUID>);
const listOf = <T extends z.ZodType>(description: string, item: T) => ({ 200: { description, schema: z.object({ items: z.array(item) }) } });
const gone = { 204: { description: "Deleted", schema: null } };

const historyQuery = pageQuery.extend({ state: z.enum(["firing", "resolved", "all"]).default("firing"), deployment: slugSchema.optional(), severity: z.enum(["critical", "warning"]).optional() });
const alertPage = { 200: { description: "Alerts, newest first", schema: pageOf(incidentSchema) } };
/** The projects that are asked for, of those that the caller may read: one that may not be known is as one that is not there. */
const chosen = async (actor: Actor, slug: string | undefined) => (await readableProjects(actor)).filter((p) => slug === undefined || p.slug === slug).map((p) => p.id);

export const listActiveAlertsEndpoint = endpoint({
  id: "listActiveAlerts", method: "GET", path: "/api/v1/alerts/active", summary: "What fires and what is about to", tag,
  description: "At most 500, in every project the caller may read: firing before pending, critical before warning. `value` and `threshold` are in `unit`; `silence`: nobody is told until then.",
  policy: { kind: "signed-in" }, query: z.object({ project: slugSchema.optional(), deployment: slugSchema.optional() }), responses: listOf("Alerts, the worst first", activeAlertSchema),
  handler: async ({ actor, query }) => ({ status: 200, body: { items: await listActive(await chosen(actor, query.project), query) } }),
});

export const listAlertsEndpoint = endpoint({
  id: "listAlerts", method: "GET", path: "/api/v1/alerts", summary: "Each time that a rule fired, in every project the caller may read", tag, description: "`noData`: why nothing is known of it at the moment; it goes on firing until it is known to be over.",
  policy: { kind: "signed-in" }, query: historyQuery.extend({ project: slugSchema.optional() }), responses: alertPage,
  handler: async ({ actor, query }) => ({ status: 200, body: await listAlerts(await chosen(actor, query.project), query) }),
});

export const listProjectAlertsEndpoint = endpoint({
  id: "listProjectAlerts", method: "GET", path: `${base}/alerts`, summary: "Each time that a rule of a project fired", tag,
  policy: read, params: projectParams, query: historyQuery, responses: alertPage,
  handler: async ({ project, query }) => ({ status: 200, body: await listAlerts([project.id], query) }),
});

export const listRulesEndpoint = endpoint({
  id: "listAlertRules", method: "GET", path: `${base}/alert-rules`, summary: "List alert rules and where they stand", tag, policy: read, params: projectParams, responses: listOf("Rules by name", ruleSchema),
  handler: async ({ project }) => ({ status: 200, body: { items: await listRules([project.id]) } }),
});
export const createRuleEndpoint = endpoint({
  id: "createAlertRule", method: "POST", path: `${base}/alert-rules`, summary: "Add an alert rule", tag, description: "Evaluated every 30 s, once, whatever the number of workers.",
  policy: write, params: projectParams, body: createRuleSchema, responses: { 201: { description: "The rule", schema: ruleSchema } },
  handler: async ({ actor, project, body }) => ({ status: 201, body: await createRule(actor, project.id, body) }),
});
export const previewRuleEndpoint = endpoint({
  id: "previewAlertRule", method: "POST", path: `${base}/alert-rules/preview`, summary: "What a condition would say now", tag, description: "Judges it as the evaluation would, for each deployment or environment it would watch. Writes nothing down.", idempotent: false,
  policy: read, params: projectParams, body: previewRuleSchema, responses: { 200: { description: "A verdict each", schema: rulePreviewSchema } },
  handler: async ({ project, body }) => ({ status: 200, body: await previewRule(project.id, body) }),
});
export const getRuleEndpoint = endpoint({
  id: "getAlertRule", method: "GET", path: `${base}/alert-rules/{rule}`, summary: "Get an alert rule", tag, policy: read, params: with_("rule"), responses: { 200: { description: "The rule", schema: ruleSchema } },
  handler: async ({ project, params }) => ({ status: 200, body: await getRule(project.id, params.rule) }),
});
export const replaceRuleEndpoint = endpoint({
  id: "replaceAlertRule", method: "PUT", path: `${base}/alert-rules/{rule}`, summary: "Change an alert rule", tag, policy: write, params: with_("rule"), body: replaceRuleSchema, responses: { 200: { description: "The rule", schema: ruleSchema } },
  handler: async ({ actor, project, params, body }) => ({ status: 200, body: await replaceRule(actor, project.id, params.rule, body) }),
});
export const deleteRuleEndpoint = endpoint({
  id: "deleteAlertRule", method: "DELETE", path: `${base}/alert-rules/{rule}`, summary: "Delete an alert rule", tag, policy: write, params: with_("rule"), responses: gone,
  handler: async ({ actor, project, params }) => { await deleteRule(actor, project.id, params.rule); return { status: 204, body: null }; },
});

export const listSilencesEndpoint = endpoint({
  id: "listAlertSilences", method: "GET", path: `${base}/alert-silences`, summary: "List silences that are on", tag, policy: read, params: projectParams, responses: listOf("Silences, the next to end first", silenceSchema),
  handler: async ({ project }) => ({ status: 200, body: { items: await listSilences([project.id]) } }),
});
const exportSchema = z.object({
  preview: z.boolean().meta({ description: "true: the project runs on no cluster; this is what one would be given" }),
  objects: z.array(z.object({ target: z.string(), namespace: z.string(), name: z.string() })), alerts: z.number().int(),
  skipped: z.array(z.object({ rule: z.string(), deployment: z.string().nullable(), why: z.string() })).meta({ description: "What Prometheus cannot tell, and why" }),
  yaml: z.string().meta({ description: "One PrometheusRule a cluster the project has deployments on" }),
}).meta({ id: "PrometheusRuleExport" });
export const exportRulesEndpoint = endpoint({
  id: "exportAlertRules", method: "GET", path: `${base}/prometheus-rule`, summary: "The alert rules as PrometheusRule", tag,
  description: "For the operator of the cluster's Prometheus: fires there, and is told by its Alertmanager, whether Slipway runs or not. `format=yaml` answers the YAML itself, as a file.",
  policy: read, params: projectParams, query: z.object({ format: z.enum(["json", "yaml"]).default("json") }), responses: { 200: { description: "The rules", schema: exportSchema } },
  handler: async ({ project, query }) => {
    const found = await exportRules(project);
    if (query.format === "json") return { status: 200, body: found };
    return new Response(found.yaml, { headers: { "content-type": "application/yaml; charset=utf-8", "content-disposition": `attachment; filename="slipway-${project.slug}-alerts.yaml"`, "cache-control": "no-store", "x-content-type-options": "nosniff" } });
  },
});

export const listAllSilencesEndpoint = endpoint({
  id: "listAllAlertSilences", method: "GET", path: "/api/v1/alert-silences", summary: "List silences that are on, in every project the caller may read", tag, policy: { kind: "signed-in" }, query: z.object({ project: slugSchema.optional() }), responses: listOf("Silences, the next to end first", silenceSchema),
  handler: async ({ actor, query }) => ({ status: 200, body: { items: await listSilences(await chosen(actor, query.project)) } }),
});
export const createSilenceEndpoint = endpoint({
  id: "createAlertSilence", method: "POST", path: `${base}/alert-silences`, summary: "Silence alerts for a while", tag, description: "They are evaluated and shown as before; nobody is told that they fire.",
  policy: write, params: projectParams, body: createSilenceSchema, responses: { 201: { description: "The silence", schema: silenceSchema } },
  handler: async ({ actor, project, body }) => ({ status: 201, body: await createSilence(actor, project.id, body) }),
});
export const deleteSilenceEndpoint = endpoint({
  id: "deleteAlertSilence", method: "DELETE", path: `${base}/alert-silences/{silence}`, summary: "End a silence", tag, policy: write, params: with_("silence"), responses: gone,
  handler: async ({ actor, project, params }) => { await deleteSilence(actor, project.id, params.silence); return { status: 204, body: null }; },
});

export const listChannelsEndpoint = endpoint({
  id: "listAlertChannels", method: "GET", path: `${base}/alert-channels`, summary: "List channels", tag, policy: read, params: projectParams, responses: listOf("Channels by name", channelSchema),
  handler: async ({ project }) => ({ status: 200, body: { items: await listChannels([project.id]) } }),
});
export const createChannelEndpoint = endpoint({
  // Its answer holds a secret, which a stored answer would keep.
  id: "createAlertChannel", method: "POST", path: `${base}/alert-channels`, summary: "Add a channel", tag, description: "A webhook's messages are signed by Standard Webhooks; the secret is in this answer only. Only public https addresses are reached.", idempotent: false,
  policy: write, params: projectParams, body: createChannelSchema, responses: { 201: { description: "The channel", schema: madeChannelSchema } },
  handler: async ({ actor, project, body }) => ({ status: 201, body: await createChannel(actor, project.id, body) }),
});
export const deleteChannelEndpoint = endpoint({
  id: "deleteAlertChannel", method: "DELETE", path: `${base}/alert-channels/{channel}`, summary: "Delete a channel with its messages", tag, policy: write, params: with_("channel"), responses: gone,
  handler: async ({ actor, project, params }) => { await deleteChannel(actor, project.id, params.channel); return { status: 204, body: null }; },
});
export const testChannelEndpoint = endpoint({
  id: "testAlertChannel", method: "POST", path: `${base}/alert-channels/{channel}/test`, summary: "Send a test message", tag, policy: write, params: with_("channel"), responses: { 201: { description: "The message, on its way", schema: deliverySchema } },
  handler: async ({ actor, project, params }) => ({ status: 201, body: await testChannel(actor, project, params.channel) }),
});
export const listDeliveriesEndpoint = endpoint({
  id: "listAlertDeliveries", method: "GET", path: `${base}/alert-channels/{channel}/deliveries`, summary: "List a channel's newest 100 messages", tag, description: "`state=dead`: those that were given up.",
  policy: read, params: with_("channel"), query: z.object({ state: z.enum(["all", "dead"]).default("all") }), responses: listOf("Messages, newest first", deliverySchema),
  handler: async ({ project, params, query }) => ({ status: 200, body: { items: await listDeliveries(project.id, params.channel, query.state) } }),
});
export const replayDeliveryEndpoint = endpoint({
  id: "replayAlertDelivery", method: "POST", path: `${base}/alert-deliveries/{delivery}/replay`, summary: "Send a message again that was given up", tag, policy: write, params: with_("delivery"), responses: { 200: { description: "The message, on its way", schema: deliverySchema } },
  handler: async ({ actor, project, params }) => ({ status: 200, body: await replayDelivery(actor, project.id, params.delivery) }),
});
