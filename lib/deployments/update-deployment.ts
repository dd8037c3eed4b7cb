import type { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { gateChange } from "@/lib/budgets/gate-change";
import { db, type Tx } from "@/lib/db/client";
import { changeDeploymentIn, type Approved, type Locked } from "@/lib/deployments/change-deployment";
import { checkRevision, checkScaling, type RevisionConfig } from "@/lib/deployments/check-revision";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { MAX_LOCAL_REPLICAS, type updateDeploymentSchema } from "@/lib/deployments/schema";
import { NO_CANARY } from "@/lib/deployments/no-canary";
import { readCanaryPlan } from "@/lib/deployments/canary-plan";
import { AppError } from "@/lib/errors";
import { offeringOf } from "@/lib/targets-catalogue/region-of";
import type { Profile } from "@/lib/profiles/schema";
import { canonicalJson } from "@/lib/audit/hash";

type Input = z.output<typeof updateDeploymentSchema>;

/**
 * Changes what is wanted. What a replica is made of (version, profile, runtime, env, secrets, queueLimit) makes a new immutable
 * revision, and only when it differs; scaling, access, canary weight and stop/start do not. Repeating a change changes nothing.
 * Throws precondition_failed when `ifMatch` is not the newest generation.
 */
export async function updateDeployment(actor: Actor, projectId: string, slug: string, ifMatch: string | null, input: Input) {
  await db().$transaction((tx) => updateDeploymentIn(tx, actor, projectId, slug, ifMatch, input, null));
  return getDeployment(projectId, slug);
}

/** As updateDeployment, in a transaction that has more to do. `approved`: on whose request somebody else said yes. */
export async function updateDeploymentIn(tx: Tx, actor: Actor, projectId: string, slug: string, ifMatch: string | null, input: Input, approved: Approved | null): Promise<void> {
  const by = approved ?? { byId: actor.id, by: actor.label };
  await changeDeploymentIn(tx, actor, projectId, slug, ifMatch, async (_tx, row) => {
    if (input.scaling) checkScaling(row.target.kind, input.scaling, MAX_LOCAL_REPLICAS);
    const number = await nextRevision(tx, by, projectId, row, input);
    const data = {
      ...(input.scaling ? { minReplicas: input.scaling.min, maxReplicas: input.scaling.max, targetConcurrency: input.scaling.targetConcurrency ?? row.targetConcurrency, idleSecondsBeforeZero: input.scaling.idleSecondsBeforeZero ?? row.idleSecondsBeforeZero } : {}),
      ...(input.public === undefined ? {} : { public: input.public }),
      ...(input.desiredState === undefined ? {} : { desiredState: input.desiredState }),
      ...(number === null ? {} : { desiredRevision: number, lastRevision: number }),
      ...canaryOf(row, number, input),
    };
    const changed = Object.entries(data).filter(([key, value]) => row[key as keyof Locked] !== value);
    if (changed.length === 0) return null;
    await gateUpdate(tx, actor, projectId, row, { number, running: (input.desiredState ?? row.desiredState) === "running", min: data.minReplicas ?? row.minReplicas, max: data.maxReplicas ?? row.maxReplicas }, approved);
    const whose = `${by.by}${approved ? `, approved by ${actor.label}` : ""}`;
    const words = number === null ? `Changed by ${whose}: ${Object.keys(input).join(", ")}.` : `Revision ${number} asked for by ${whose}.`;
    return {
      data: Object.fromEntries(changed), event: { reason: number === null ? "Changed" : "RevisionCreated", message: words },
      audit: { action: "deployment.update", detail: { ...input, ...(input.env ? { env: Object.keys(input.env) } : {}), ...(number === null ? {} : { revision: number }), ...(approved ? { requestedBy: approved.by } : {}) } },
    };
  });
}

async function gateUpdate(tx: Tx, actor: Actor, projectId: string, row: Locked, after: { number: number | null; running: boolean; min: number; max: number }, approved: Approved | null): Promise<void> {
  const revision = await tx.revision.findUniqueOrThrow({ where: { deploymentId_number: { deploymentId: row.id, number: after.number ?? row.desiredRevision } }, select: { profile: true } });
  await gateChange(tx, actor, {
    projectId, environmentId: row.environmentId, deployment: { id: row.id, generation: row.generation }, somethingNew: after.number !== null,
    after: after.running ? { profile: revision.profile as unknown as Profile, min: after.min, max: after.max } : null,
  }, approved !== null);
}

/** Writes the next revision when something it is made of changes; returns its number, or null. */
async function nextRevision(tx: Tx, by: Approved, projectId: string, row: Locked, input: Input): Promise<number | null> {
  const current = await tx.revision.findUniqueOrThrow({
    where: { deploymentId_number: { deploymentId: row.id, number: row.desiredRevision } },
    select: { runtime: true, config: true, version: { select: { number: true, modelId: true } }, profileRef: { select: { slug: true } } },
  });
  const before = current.config as RevisionConfig;
  const config: RevisionConfig = { env: input.env ?? before.env, secrets: input.secrets ?? before.secrets, queueLimit: input.queueLimit ?? before.queueLimit };
  for (const key of ["image", "pullSecret"] as const) {
    const value = input[key] === undefined ? before[key] : input[key] ?? undefined;
    if (value !== undefined) config[key] = value;
  }
  const version = input.version ?? current.version.number;
  const profile = input.profile ?? current.profileRef.slug;
  const reasons = [
    version !== current.version.number && `version ${current.version.number} → ${version}`,
    profile !== current.profileRef.slug && `profile ${current.profileRef.slug} → ${profile}`,
    input.runtime !== undefined && input.runtime !== current.runtime && `runtime ${current.runtime} → ${input.runtime}`,
    canonicalJson(config.env) !== canonicalJson(before.env) && "variables",
    canonicalJson(config.secrets) !== canonicalJson(before.secrets) && "secrets",
    config.image !== before.image && "image",
    config.pullSecret !== before.pullSecret && "login of the registry",
    config.queueLimit !== before.queueLimit && `queue limit ${before.queueLimit} → ${config.queueLimit}`,
  ].filter((r) => r !== false);
  if (reasons.length === 0) return null;
  const revision = await checkRevision(tx, { projectId, modelId: row.modelId, target: offeringOf(row.target), version, profile, runtime: input.runtime ?? (version === current.version.number ? current.runtime : undefined), config });
  const number = row.lastRevision + 1;
  await tx.revision.create({ data: { ...revision, deploymentId: row.id, number, reason: reasons.join(", "), createdById: by.byId, createdBy: by.by } });
  return number;
}

function canaryOf(row: Locked, newRevision: number | null, input: Pick<Input, "canary" | "canaryWeight">): Partial<Pick<Locked, "canaryWeight" | "canaryPlan" | "canaryPaused">> | typeof NO_CANARY {
  const byHand = row.canaryPlan === null ? {} : NO_CANARY;
  // A new revision is a plain rolling change unless it says otherwise.
  if (input.canary === undefined && input.canaryWeight === undefined) return newRevision === null ? {} : { ...byHand, canaryWeight: null };
  if (input.canaryWeight === null) return { ...byHand, canaryWeight: null };
  if (row.stableRevision === null) throw new AppError("unprocessable", "Nothing serves yet, so there is nothing to compare a canary with. Wait until the deployment is Ready.");
  if (newRevision === null && row.stableRevision === row.desiredRevision) throw new AppError("unprocessable", "A canary needs a new revision: change the version, the profile or the configuration in the same request.");
  // A share set by hand takes a canary that moves by itself into one's own hands.
  if (input.canary === undefined) return { ...byHand, canaryWeight: input.canaryWeight! };
  const { since, ...before } = readCanaryPlan(row.canaryPlan) ?? { since: null };
  if (newRevision === null && since !== null && canonicalJson(before) === canonicalJson(input.canary)) return {};
  return { canaryWeight: input.canary.steps[0]!, canaryPlan: { ...input.canary, since: new Date().toISOString() }, canaryPaused: false };
}
