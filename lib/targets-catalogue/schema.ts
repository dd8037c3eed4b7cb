import { z } from "zod";
import { isoTime, slugSchema } from "@/lib/api/schema";
import { externalIdSchema, roleArnSchema } from "@/lib/targets/eks/credentials-schema";
import { awsRegionSchema } from "@/lib/targets/eks/region";
import { changeSettingsSchema, targetSettingsSchema } from "@/lib/targets/kubernetes/target-settings";

const kubeconfig = z.string().min(1, "must not be empty").max(256 * 1024, "may have at most 256 KiB").meta({ description: "A kubeconfig that holds everything itself: kubectl config view --raw --minify --flatten. Stored sealed, and in no answer", writeOnly: true });

/** How a cluster is to be reached. Three ways, told apart by `type`. */
export const connectionSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("kubeconfig"), kubeconfig, context: z.string().min(1, "must be one of the contexts").max(300) }),
  z.strictObject({ type: z.literal("in-cluster") }),
  z.strictObject({
    type: z.literal("eks"), region: awsRegionSchema, clusterName: z.string().regex(/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/, "must be the name of an EKS cluster"),
    roleArn: roleArnSchema.optional().meta({ description: "A role to act as, in this or another account" }), externalId: externalIdSchema.optional().meta({ writeOnly: true }),
  }),
]).meta({ id: "TargetConnection" });
export type Connection = z.output<typeof connectionSchema>;

const displayName = z.string().trim().min(1, "must not be empty").max(80);
export const createTargetSchema = z.strictObject({ name: slugSchema.refine((n) => n !== "connect", "is a name that Slipway uses itself"), displayName: displayName.optional(), connection: connectionSchema, settings: targetSettingsSchema.optional() }).meta({ id: "CreateTarget" });
export const updateTargetSchema = z.strictObject({ displayName: displayName.optional(), connection: connectionSchema.optional().meta({ description: "New credentials, or another way to the same cluster" }), settings: changeSettingsSchema.optional() })
  .refine((t) => Object.keys(t).length > 0, "nothing to change").meta({ id: "UpdateTarget" });

export const findingSchema = z.object({
  id: z.string(), status: z.enum(["ok", "warning", "missing", "unknown"]), title: z.string(), detail: z.string(), fix: z.string().nullable().describe("The one command that mends it"),
  optional: z.literal(true).optional().describe("Deployments run without it"),
}).meta({ id: "TargetFinding" });

export const targetSchema = z.object({
  slug: z.string(), name: z.string(), kind: z.string(), provider: z.enum(["local", "kubernetes", "eks", "eks-auto"]), region: z.string().nullable().describe("AWS region whose profiles apply; null: none"),
  architecture: z.enum(["amd64", "arm64"]).nullable().describe("Of all its nodes; null: several, or not known"),
  createdAt: isoTime,
  onDemandDiscountPercent: z.number().nullable().describe("What forecasts take off on-demand prices here; null: nothing was set"),
  gpuQuota: z.object({ status: z.enum(["ok", "warning", "missing", "unknown"]), detail: z.string(), readings: z.array(z.object({ family: z.string(), capacity: z.string(), vcpus: z.number().nullable() })) }).nullable().describe("EC2 vCPUs by family the account may run, by the last check; null: no AWS account, or never checked"),
  check: z.object({ at: isoTime, ok: z.number().int(), warnings: z.number().int(), missing: z.number().int(), reachable: z.boolean() }).nullable().describe("What the last check found; null: never checked"),
}).meta({ id: "Target" });
export type TargetDto = z.infer<typeof targetSchema>;

/** What only whoever connects clusters sees beside. Never a credential. */
export const targetDetailSchema = targetSchema.extend({
  deployments: z.number().int(),
  findings: z.array(findingSchema).nullable().describe("Of the last check"),
  connection: z.object({
    type: z.enum(["kubeconfig", "in-cluster", "eks"]), server: z.string().nullable(), context: z.string().nullable(), user: z.string().nullable(), credential: z.enum(["token", "client-certificate", "service-account", "aws"]),
    credentialExpiresAt: isoTime.nullable(), clusterName: z.string().nullable(), accountId: z.string().nullable(), roleArn: z.string().nullable(), externalIdSet: z.boolean(), instance: z.string(),
  }).nullable().describe("How it is reached; null without the right target.manage, and for this machine"),
  settings: targetSettingsSchema.nullable().describe("What a person set; null without the right target.manage"),
  detected: targetSettingsSchema.nullable().describe("What the last check found; holds where nothing is set"),
}).meta({ id: "TargetDetail" });
export type TargetDetailDto = z.infer<typeof targetDetailSchema>;

export const targetParams = z.object({ target: slugSchema });

export const listContextsSchema = z.strictObject({ kubeconfig }).meta({ id: "ListContexts" });
export const contextSchema = z.object({
  name: z.string(), cluster: z.string().nullable(), user: z.string().nullable(), server: z.string().nullable(), credential: z.enum(["token", "client-certificate"]).nullable(), current: z.boolean(),
  problem: z.string().nullable().describe("Why Slipway cannot use it, and what to do; null: it can"),
}).meta({ id: "KubeContext" });

export const discoverEksSchema = z.strictObject({
  regions: z.array(awsRegionSchema).min(1, "must name a region").max(20, "may have at most 20"), roleArn: roleArnSchema.optional(), externalId: externalIdSchema.optional().meta({ writeOnly: true }),
}).meta({ id: "DiscoverEks" });
