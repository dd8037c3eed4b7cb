import { z } from "zod";
import { isoTime } from "@/lib/api/schema";

const url = z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).max(500).transform((u) => u.replace(/\/+$/, ""))
  .refine((u) => !/[?#]/.test(u), "must have no query").refine((u) => new URL(u).username === "", "must carry no user name");

export const putGrafanaSchema = z.strictObject({
  url: url.meta({ description: "Where people open Grafana, before /d/", examples: ["https://grafana.example.com"] }),
  token: z.string().min(1, "must not be empty").max(4000).regex(/^[\x21-\x7e]+$/, "must be printable, without spaces").optional().meta({ writeOnly: true, description: "A service account's token with the role Editor, to push dashboards. Stored sealed, and in no answer. Left out: the one that is kept, as long as the address stays" }),
  folderUid: z.string().max(40).regex(/^[A-Za-z0-9_-]+$/, "must be a folder's uid").nullable().default(null),
}).superRefine((s, context) => {
  if (s.token !== undefined && s.url.startsWith("http://") && !["localhost", "127.0.0.1", "[::1]"].includes(new URL(s.url).hostname)) context.addIssue({ code: "custom", path: ["url"], message: "must be https where a token is sent" });
}).meta({ id: "PutGrafana" });
export type PutGrafana = z.output<typeof putGrafanaSchema>;
export type GrafanaConfig = Pick<PutGrafana, "url" | "folderUid">;

export const pushedSchema = z.object({ pushed: z.number().int(), failed: z.array(z.object({ dashboard: z.string(), message: z.string() })) }).meta({ id: "GrafanaPush" });
export type Pushed = z.infer<typeof pushedSchema>;

export const grafanaSchema = z.object({
  url: z.string().nullable().meta({ description: "null: none is set" }), folderUid: z.string().nullable(), tokenSet: z.boolean().nullable().meta({ description: "null without the right target.manage" }),
  fleetUrl: z.string().nullable(), lastPush: pushedSchema.nullable(), pushedAt: isoTime.nullable(),
}).meta({ id: "Grafana" });
export type GrafanaDto = z.infer<typeof grafanaSchema>;

export const dashboardQuery = z.object({ as: z.enum(["json", "configmap", "datadog"]).default("json").meta({ description: "configmap: YAML with the label that Grafana's sidecar looks for. datadog: a dashboard of Datadog, to import there" }) });
export const dashboardSchema = z.looseObject({ uid: z.string(), title: z.string(), schemaVersion: z.number(), panels: z.array(z.unknown()) });
export const datadogDashboardSchema = z.looseObject({ title: z.string(), layout_type: z.string(), widgets: z.array(z.unknown()) });
