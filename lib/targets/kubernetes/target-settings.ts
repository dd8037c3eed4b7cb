import { z } from "zod";
import { roleArnSchema } from "@/lib/targets/eks/credentials-schema";
import { awsRegionSchema } from "@/lib/targets/eks/region";
import { ingressSchema } from "@/lib/targets/kubernetes/settings";

const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).max(300).transform((u) => u.replace(/\/+$/, ""));

/** What of a target's settings can be detected or set. Each field is left out where nothing is known of it. */
export const targetSettingsSchema = z.strictObject({
  artifactUrl: httpUrl.describe("Base URL at which pods reach this Slipway to fetch model files"),
  modelServerImage: z.string().max(300).regex(/^[a-z0-9][\w.:/-]*(@sha256:[0-9a-f]{64})?$/, "must be an image, like registry.example.com/slipway/model-server@sha256:…"),
  nodes: z.enum(["karpenter", "any"]).describe("karpenter: nodes are made by instance and capacity type"),
  region: awsRegionSchema.describe("AWS region the nodes are in: its profiles and prices apply"),
  architecture: z.enum(["amd64", "arm64"]).describe("Of all nodes"),
  ingress: ingressSchema,
  keda: z.boolean(), prometheusOperator: z.boolean(), customMetrics: z.boolean(),
  datadogAgent: z.boolean().describe("A Datadog agent on every node reads the metrics of the pods: new pods ask it to, and let it in"),
  prometheusUrl: httpUrl.describe("PromQL server inside the cluster, for scaling on queue and concurrency"),
  serviceAccountRoleArn: roleArnSchema.describe("IAM role of the pods (IRSA). Not needed with Pod Identity"),
  onDemandDiscountPercent: z.number().int().min(0).max(90).describe("Savings plans or an agreement: what forecasts for this target take off on-demand prices"),
  namespacePrefix: z.string().regex(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/, "must be lower-case letters, digits and hyphens, at most 20"),
}).partial().meta({ id: "TargetSettings" });
export type TargetSettings = z.output<typeof targetSettingsSchema>;

/** A change of settings: null takes a setting back, so that what was detected holds again. */
export const changeSettingsSchema = z.strictObject(
  Object.fromEntries(Object.entries(targetSettingsSchema.shape).map(([name, field]) => [name, (field as z.ZodOptional<z.ZodType>).unwrap().nullable().optional()])) as unknown as
    { [K in keyof TargetSettings]-?: z.ZodOptional<z.ZodNullable<z.ZodType<NonNullable<TargetSettings[K]>>>> },
).meta({ id: "ChangeTargetSettings", description: "null takes a setting back, so that what was detected holds again" });

/** Reads what is stored, leaving out what this version does not understand. */
export function readSettings(stored: unknown): TargetSettings {
  const known = typeof stored === "object" && stored !== null ? Object.entries(stored) : [];
  return Object.fromEntries(known.flatMap(([name, value]) => {
    const field = targetSettingsSchema.shape[name as keyof TargetSettings] as z.ZodType | undefined;
    const parsed = field?.safeParse(value);
    return parsed?.success && parsed.data !== undefined ? [[name, parsed.data]] : [];
  }));
}
