import { z } from "zod";
import { isoTime, slugSchema } from "@/lib/api/schema";
import { canaryPlanSchema, canaryStatusSchema } from "@/lib/deployments/canary-plan";
import { versionNumber } from "@/lib/models/schema";

export const PHASES = ["Pending", "Deploying", "Updating", "Ready", "Asleep", "Degraded", "Failed", "Stopping", "Stopped", "Deleting"] as const;
export type Phase = (typeof PHASES)[number];

/** Replicas one deployment may have on the local target: one machine. */
export const MAX_LOCAL_REPLICAS = 20;

/** Shorter would stop a replica between two clicks of the same person. */
export const MIN_IDLE_SECONDS = 5;
export const DEFAULT_IDLE_SECONDS = 300;

const RESERVED = /^(SLIPWAY_|NODE_OPTIONS$|NODE_CHANNEL|LD_|DYLD_|PATH$|HOME$)/;
const envName = z.string().max(128).regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be letters, digits and underscores, not starting with a digit")
  .refine((n) => !RESERVED.test(n), "is a name Slipway or the system uses; choose another");

export const scalingSchema = z.strictObject({
  min: z.number().int().min(0, "must be 0 or more; 0 runs nothing while no request comes").max(200).meta({ description: "0: the last replica stops after a quiet time, and the next request waits until one has started" }),
  max: z.number().int().min(1).max(200),
  targetConcurrency: z.number().int().min(1).max(1000).optional().meta({ description: "Requests in flight or queued, per ready replica, above which a replica is added; 4 unless said" }),
  idleSecondsBeforeZero: z.number().int().min(MIN_IDLE_SECONDS).max(86_400).optional().meta({ description: "With min 0: quiet seconds after which the last replica stops; 300 unless said" }),
}).refine((s) => s.min <= s.max, { path: ["max"], message: "must not be below min" }).meta({ id: "Scaling" });

const env = z.record(envName, z.string().max(8192)).refine((e) => Object.keys(e).length <= 100, "may hold at most 100 variables").meta({ description: "Environment variables of the model server, by name" });
const secrets = z.record(envName, z.string().min(1).max(128)).refine((e) => Object.keys(e).length <= 50, "may hold at most 50 secrets").meta({ description: "Variable name to the name of a secret of the project; values are never shown" });
const queueLimit = z.number().int().min(1).max(10_000).meta({ description: "Requests one replica queues before it answers 503; 100 unless said" });
const image = z.string().max(400).regex(/^[a-z0-9][a-z0-9._-]*(:\d{1,5})?(\/[a-z0-9][a-z0-9._-]*)*(:[\w][\w.-]{0,127})?@sha256:[0-9a-f]{64}$/, "must be an image with its digest, like registry.example.com/team/model@sha256:…")
  .meta({ description: "Image of your own, for a runtime that brings its own code (bentoml, or another instead of its stock image). By digest: a tag may be something else tomorrow. Approved before, as a version of one of the project's models" });
const pullSecret = z.string().min(1).max(128).meta({ description: "Name of the project's secret that holds a .dockerconfigjson for the image's registry" });
const profileSlug = z.string().min(1).max(80);

export const createDeploymentSchema = z.strictObject({
  name: slugSchema,
  model: slugSchema,
  version: versionNumber,
  target: slugSchema,
  profile: profileSlug,
  environment: slugSchema.default("dev"),
  scaling: scalingSchema,
  runtime: z.string().max(40).optional().meta({ description: "ServingRuntime; the format's own unless said" }),
  env: env.optional(),
  secrets: secrets.optional(),
  public: z.boolean().optional().meta({ description: "true: the endpoint asks for no token" }),
  queueLimit: queueLimit.optional(),
  image: image.optional(),
  pullSecret: pullSecret.optional(),
}).meta({ id: "CreateDeployment", examples: [{ name: "card-scoring", model: "card-scoring", version: 1, target: "local", profile: "local-small", environment: "dev", scaling: { min: 1, max: 3, targetConcurrency: 4 }, env: { LOG_LEVEL: "info" }, secrets: { HUB_TOKEN: "HUB_TOKEN" } }] });

export const updateDeploymentSchema = z.strictObject({
  version: versionNumber.optional(),
  profile: profileSlug.optional(),
  runtime: z.string().max(40).optional(),
  scaling: scalingSchema.optional(),
  env: env.optional(),
  secrets: secrets.optional(),
  public: z.boolean().optional(),
  queueLimit: queueLimit.optional(),
  image: image.nullable().optional(),
  pullSecret: pullSecret.nullable().optional(),
  canaryWeight: z.number().int().min(1).max(99).nullable().optional().meta({ description: "Percent of traffic for the desired revision until it is set anew; null promotes it. Ends a canary's plan" }),
  canary: canaryPlanSchema.optional().meta({ description: "Steps by which the new revision takes the traffic over by itself, and the limits beyond which it is rolled back by itself" }),
  desiredState: z.enum(["running", "stopped"]).optional(),
}).refine((b) => Object.keys(b).length > 0, "Name at least one thing to change.")
  .refine((b) => b.canary === undefined || b.canaryWeight === undefined, { path: ["canary"], message: "goes without canaryWeight: its steps say the share" }).meta({ id: "UpdateDeployment", examples: [{ version: 2, canaryWeight: 10 }] });

export const rollbackSchema = z.strictObject({ revision: z.number().int().min(1) }).meta({ id: "Rollback", examples: [{ revision: 1 }] });

const conditionSchema = z.object({ type: z.string(), status: z.enum(["True", "False", "Unknown"]), reason: z.string(), message: z.string(), since: isoTime }).meta({ id: "Condition" });

const revisionStatusSchema = z.object({
  n: z.number().int(), weight: z.number(), wanted: z.number().int(), starting: z.number().int(), ready: z.number().int(), consecutiveFailures: z.number().int(),
  nextAttemptAt: isoTime.nullable(), lastError: z.object({ reason: z.string(), message: z.string(), at: isoTime }).nullable(),
}).meta({ id: "RevisionStatus" });

export const deploymentSchema = z.object({
  id: z.string(), slug: z.string(), name: z.string(), project: z.string(), model: z.string(),
  version: z.number().int().meta({ description: "Of the desired revision" }),
  target: z.string(), targetKind: z.string(), profile: z.string(), runtime: z.string(), environment: z.string(),
  scaling: z.object({ min: z.number().int(), max: z.number().int(), targetConcurrency: z.number().int(), idleSecondsBeforeZero: z.number().int() }),
  env: z.record(z.string(), z.string()), secrets: z.record(z.string(), z.string()), queueLimit: z.number().int(),
  image: z.string().nullable().meta({ description: "Image of its own; null: the runtime's" }), pullSecret: z.string().nullable().meta({ description: "Name of the secret with the registry's login" }),
  public: z.boolean(), desiredState: z.enum(["running", "stopped", "deleted"]), phase: z.enum(PHASES),
  status: z.object({
    phase: z.enum(PHASES), message: z.string(), conditions: z.array(conditionSchema),
    replicas: z.object({ wanted: z.number().int(), starting: z.number().int(), ready: z.number().int() }),
    revisions: z.array(revisionStatusSchema),
    stableRevision: z.number().int().nullable(), desiredRevision: z.number().int(), canaryWeight: z.number().int().nullable(),
    canary: canaryStatusSchema.nullable(),
    url: z.string().nullable().meta({ description: "Base of the endpoint; infer at {url}/v2/models/{name}/infer. null: its cluster has no way in from outside" }),
    timeline: z.array(z.object({ step: z.enum(["queued", "placed", "loading", "ready"]), at: isoTime, seconds: z.number().nullable().meta({ description: "Until the next step; null while it lasts" }) })),
    lastStart: z.object({ revision: z.number().int(), at: isoTime, seconds: z.number() }).nullable().meta({ description: "The newest measured start of a replica, from asked for to serving: what a request waits that finds none" }),
    changedAt: isoTime,
  }),
  generation: z.number().int(), observedGeneration: z.number().int(), createdAt: isoTime, createdBy: z.string(), updatedAt: isoTime,
}).meta({ id: "Deployment" });
export type DeploymentDto = z.infer<typeof deploymentSchema>;

export const deploymentRowSchema = deploymentSchema.pick({
  id: true, slug: true, name: true, project: true, model: true, version: true, target: true, targetKind: true, profile: true, environment: true, scaling: true, public: true, desiredState: true, phase: true, createdAt: true, createdBy: true, updatedAt: true,
}).extend({ message: z.string(), replicas: deploymentSchema.shape.status.shape.replicas, url: z.string().nullable() }).meta({ id: "DeploymentRow" });
export type DeploymentRowDto = z.infer<typeof deploymentRowSchema>;

export const revisionSchema = z.object({
  revision: z.number().int(), model: z.string(), version: z.number().int(), digest: z.string(), format: z.string(), profile: z.string(), profileName: z.string(), pricePerHour: z.number().nullable(), runtime: z.string(),
  env: z.record(z.string(), z.string()), secrets: z.record(z.string(), z.string()), queueLimit: z.number().int(), reason: z.string(), createdAt: isoTime, createdBy: z.string(),
  role: z.enum(["serving", "desired", "past"]),
}).meta({ id: "Revision" });
export type RevisionDto = z.infer<typeof revisionSchema>;

export const eventSchema = z.object({
  id: z.string(), at: isoTime, lastAt: isoTime, type: z.enum(["Normal", "Warning"]), reason: z.string(), message: z.string(), revision: z.number().int().nullable(), replica: z.string().nullable(), count: z.number().int(),
}).meta({ id: "DeploymentEvent" });

export const deploymentParams = z.object({ project: slugSchema, deployment: slugSchema });
