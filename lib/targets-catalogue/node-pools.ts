import { z } from "zod";
import { slugSchema } from "@/lib/api/schema";
import { writeAudit } from "@/lib/audit/write-audit";
import { requirePermission } from "@/lib/auth/permissions";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { versionNumber } from "@/lib/models/schema";
import { offers } from "@/lib/profiles/offers";
import { placementOf } from "@/lib/profiles/placement";
import type { Profile } from "@/lib/profiles/schema";
import { findTarget } from "@/lib/targets-catalogue/find-target";
import { offeringOf } from "@/lib/targets-catalogue/region-of";
import { targetOf } from "@/lib/targets/registry";
import type { NodePoolPlan, NodePools } from "@/lib/targets/target";

const whole = (most: number) => z.number().int().min(1).max(most);
export const nodePoolSchema = z.strictObject({
  profile: z.string().min(1).max(80).meta({ description: "An AWS profile of the target's region: instance type, capacity type and architecture are its" }),
  limits: z.strictObject({ cpu: whole(100_000), memoryGib: whole(1_000_000), accelerators: z.number().int().min(0).max(10_000).default(0) }).meta({ description: "The most that all its machines have together" }),
  nodeRole: z.string().regex(/^[\w+=,.@-]{1,64}$/, "must be the name of an IAM role").meta({ description: "IAM role of the machines, by name" }),
  discovery: z.string().regex(/^[\w.:/=+@-]{1,100}$/, "must be the value of a tag").meta({ description: "Value of the tag karpenter.sh/discovery on the cluster's subnets and security groups" }),
  model: z.strictObject({ project: slugSchema, model: slugSchema, version: versionNumber }).optional().meta({ description: "The largest model to run there: the volume is sized from it" }),
  imageGib: z.number().gt(0).max(200).nullable().default(null).meta({ description: "Size of the server's image; null: not measured, 40 GiB are left" }),
}).meta({ id: "NodePoolWish", examples: [{ profile: "aws-g6.xlarge-spot", limits: { cpu: 64, memoryGib: 256, accelerators: 8 }, nodeRole: "KarpenterNodeRole-prod", discovery: "prod" }] });
export type NodePoolWish = z.output<typeof nodePoolSchema>;

const change = z.object({ path: z.string(), from: z.unknown(), to: z.unknown() });
export const plannedNodePoolsSchema = z.object({
  yaml: z.string(), explained: z.array(z.object({ object: z.string(), field: z.string(), value: z.string(), why: z.string() })),
  objects: z.array(z.object({ kind: z.string(), namespace: z.string().nullable(), name: z.string(), action: z.enum(["create", "change", "delete", "refused"]), changes: z.array(change), message: z.string().nullable() })),
}).meta({ id: "PlannedNodePools", description: "By the API server's dry run. Nothing of it has happened" });
export type PlannedNodePoolsDto = z.infer<typeof plannedNodePoolsSchema>;
export const nodePoolStateSchema = z.object({
  name: z.string(), own: z.boolean().meta({ description: "Slipway made it" }), capacityTypes: z.array(z.string()), instanceTypes: z.array(z.string()),
  limits: z.record(z.string(), z.string()).nullable(), used: z.record(z.string(), z.string()).nullable(), ready: z.boolean().nullable(), message: z.string().nullable(),
}).meta({ id: "NodePool" });
export type NodePoolDto = z.infer<typeof nodePoolStateSchema>;

type Row = Awaited<ReturnType<typeof findTarget>>;

const GIB = 1024 ** 3;
/** Caches and work files of a server, beside the model. */
const WORK_GIB = 10;

export async function listNodePools(actor: Actor, slug: string): Promise<NodePoolDto[]> {
  requirePermission(actor, "target.manage", null);
  return poolsOf(await findTarget(slug)).list();
}

/** What the pools of a profile would be, and what applying them would change. Throws not_found; unprocessable in words. */
export async function planNodePools(actor: Actor, slug: string, wish: NodePoolWish): Promise<PlannedNodePoolsDto> {
  requirePermission(actor, "target.manage", null);
  const row = await findTarget(slug);
  const { objects, ...rest } = await poolsOf(row).plan(await planOf(row, wish));
  return { ...rest, objects: objects.map(({ message = null, ...o }) => ({ ...o, message })) };
}

/** Applies them: from then on replicas of the profile may make machines, up to the limits. */
export async function applyNodePools(actor: Actor, slug: string, wish: NodePoolWish): Promise<NodePoolDto[]> {
  requirePermission(actor, "target.manage", null);
  const row = await findTarget(slug);
  const pools = poolsOf(row);
  const plan = await planOf(row, wish);
  // Written down first: an apply that is cut off half-way is in the record too.
  await db().$transaction((tx) => writeAudit(tx, actor, { action: "target.node-pools.apply", subject: { kind: "target", id: slug }, detail: { profile: wish.profile, limits: wish.limits, nodeRole: wish.nodeRole, discovery: wish.discovery } }));
  await pools.apply(plan);
  return pools.list();
}

function poolsOf(row: Row): NodePools {
  const pools = row.kind === "local" ? undefined : targetOf(row).nodePools;
  if (!pools) throw new AppError("unprocessable", "This machine makes no nodes. Connect a cluster with Karpenter for that.");
  return pools;
}

async function planOf(row: Row, wish: NodePoolWish): Promise<NodePoolPlan> {
  const found = await db().profile.findUnique({ where: { slug: wish.profile }, select: { body: true, enabled: true } });
  if (!found?.enabled) throw notFound("profile");
  const profile = found.body as unknown as Profile;
  if (profile.instanceType === null || !offers(offeringOf(row), profile)) throw new AppError("unprocessable", `${profile.name} says no instance type that this target's region has. Choose an AWS profile of the region.`, { fields: [{ path: "profile", message: "must be an AWS profile of the target's region" }] });
  const placement = placementOf(profile);
  if (placement.acceleratorResource !== null && wish.limits.accelerators < 1) throw new AppError("unprocessable", "A pool of machines with accelerators needs a limit for them.", { fields: [{ path: "limits.accelerators", message: "must be 1 or more" }] });
  return { placement, limits: wish.limits, nodeRole: wish.nodeRole, discovery: wish.discovery, imageGib: wish.imageGib, replicaDiskGib: WORK_GIB + Math.ceil((await bytesOf(wish.model)) / GIB) };
}

async function bytesOf(model: NodePoolWish["model"]): Promise<number> {
  if (!model) return 0;
  const version = await db().modelVersion.findFirst({ where: { number: model.version, model: { slug: model.model, project: { slug: model.project } } }, select: { sizeBytes: true } });
  if (!version) throw notFound("version");
  return Number(version.sizeBytes);
}
