import { z } from "zod";
import { isoTime } from "@/lib/api/schema";
import { DATADOG_SITES } from "@/lib/observability/datadog/sites";
import { externalIdSchema, roleArnSchema } from "@/lib/targets/eks/credentials-schema";
import { awsRegionSchema } from "@/lib/targets/eks/region";

const url = z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).max(500).transform((u) => u.replace(/\/+$/, ""))
  .refine((u) => !/[?#]/.test(u), "must have no query").refine((u) => new URL(u).username === "", "must carry no user name: give it as the way of signing in");
const secret = z.string().min(1, "must not be empty").max(8000).regex(/^[\x21-\x7e]+$/, "must be printable, without spaces").optional().meta({ writeOnly: true, description: "Stored sealed, and in no answer. Left out: the one that is kept" });
const tenant = z.string().max(150).regex(/^[\w!.*'()|-]+$/, "must be a tenant's name").optional().meta({ description: "X-Scope-OrgID, of Mimir and others with tenants" });

/** How a source is signed in to, told apart by `type`. */
export const sourceAuthSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("none") }),
  z.strictObject({ type: z.literal("bearer"), token: secret }),
  z.strictObject({ type: z.literal("basic"), user: z.string().min(1, "must not be empty").max(200).regex(/^[^:\x00-\x1f]+$/, "must hold no colon"), password: secret }),
  z.strictObject({ type: z.literal("sigv4"), region: awsRegionSchema, roleArn: roleArnSchema.optional().meta({ description: "A role to act as" }), externalId: externalIdSchema.optional() }),
]);

const insecure = (address: string): boolean => address.startsWith("http://") && !["localhost", "127.0.0.1", "[::1]"].includes(new URL(address).hostname);

/** Prometheus, or what speaks its API: Amazon Managed Service for Prometheus (sigv4), Thanos, Mimir. */
const putPrometheusSchema = z.strictObject({
  kind: z.literal("prometheus"),
  url: url.meta({ description: "Base URL, before /api/v1", examples: ["http://prometheus.monitoring:9090", "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-…"] }),
  auth: sourceAuthSchema.default({ type: "none" }), tenant,
  caPem: z.string().max(64_000).regex(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/, "must be a PEM certificate").optional(), tlsServerName: z.string().max(253).regex(/^[\w.-]+$/, "must be a host name").optional(),
  scrapeIntervalSeconds: z.number().int().min(1).max(300).default(30).meta({ description: "The longest at which it scrapes: rates are taken over four of it" }),
}).superRefine((s, context) => {
  if (s.auth.type !== "none" && insecure(s.url)) context.addIssue({ code: "custom", path: ["url"], message: "must be https where something secret is sent" });
});

/** Datadog, by the two keys it signs in with. */
const putDatadogSchema = z.strictObject({
  kind: z.literal("datadog"), site: z.enum(DATADOG_SITES).meta({ description: "Where the account is: the part after app. or api. of its addresses" }),
  apiKey: secret, applicationKey: secret,
  url: url.refine((u) => !insecure(u), "must be https: keys are sent").optional().meta({ description: "Where the API is reached by another way than https://api.{site}, as through a proxy" }),
});

export const putMetricsSourceSchema = z.discriminatedUnion("kind", [putPrometheusSchema, putDatadogSchema]).meta({ id: "PutMetricsSource" });
export type PutMetricsSource = z.output<typeof putMetricsSourceSchema>;

/** As stored: without what is secret. */
export type PrometheusConfig = Omit<Extract<PutMetricsSource, { kind: "prometheus" }>, "auth"> & { auth: { type: "none" } | { type: "bearer" } | { type: "basic"; user: string } | { type: "sigv4"; region: string; roleArn?: string; externalId?: string } };
export type DatadogConfig = Omit<Extract<PutMetricsSource, { kind: "datadog" }>, "apiKey" | "applicationKey">;
export type SourceConfig = PrometheusConfig | DatadogConfig;

export const sourceHealthSchema = z.object({
  ok: z.boolean(), message: z.string(),
  found: z.array(z.object({ name: z.string(), series: z.number().int().nullable().meta({ description: "null: could not be asked" }), gives: z.string() })),
}).meta({ id: "MetricsSourceHealth" });
export type SourceHealth = z.infer<typeof sourceHealthSchema>;

export const metricsSourceSchema = z.object({
  kind: z.enum(["embedded", "prometheus", "datadog", "none"]), health: sourceHealthSchema.nullable(), checkedAt: isoTime.nullable(),
  settings: z.object({
    url: z.string(), site: z.enum(DATADOG_SITES).nullable().meta({ description: "Of Datadog" }), auth: z.enum(["none", "bearer", "basic", "sigv4", "keys"]), user: z.string().nullable(), region: z.string().nullable(), roleArn: z.string().nullable(), tenant: z.string().nullable(),
    caPem: z.string().nullable(), tlsServerName: z.string().nullable(), scrapeIntervalSeconds: z.number().int().nullable(), secretSet: z.boolean(),
  }).nullable().meta({ description: "null without the right target.manage" }),
}).meta({ id: "MetricsSource" });
export type MetricsSourceDto = z.infer<typeof metricsSourceSchema>;
