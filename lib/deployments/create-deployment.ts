import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { gateChange } from "@/lib/budgets/gate-change";
import { db, type Tx } from "@/lib/db/client";
import { onUniqueViolation } from "@/lib/db/unique-violation";
import { announce, wakeWorkers } from "@/lib/deployments/announce";
import type { Approved } from "@/lib/deployments/change-deployment";
import { checkRevision, checkScaling, DEFAULT_QUEUE_LIMIT } from "@/lib/deployments/check-revision";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { MAX_LOCAL_REPLICAS, type createDeploymentSchema } from "@/lib/deployments/schema";
import { EMPTY_STATUS, statusOnChange } from "@/lib/deployments/stored-status";
import { AppError, notFound } from "@/lib/errors";
import type { Profile } from "@/lib/profiles/schema";
import { offeringOf } from "@/lib/targets-catalogue/region-of";

type Input = z.output<typeof createDeploymentSchema>;

/**
 * Writes down what is wanted; the workers make it so. Throws already_exists, not_found for anything it names that is not there,
 * and unprocessable or model_quarantined, in words, for what cannot run.
 */
export async function createDeployment(actor: Actor, projectId: string, input: Input) {
  await db().$transaction((tx) => createDeploymentIn(tx, actor, projectId, input, null));
  return getDeployment(projectId, input.name);
}

/** As createDeployment, in a transaction that has more to do. `approved`: on whose request somebody else said yes. */
export async function createDeploymentIn(tx: Tx, actor: Actor, projectId: string, input: Input, approved: Approved | null): Promise<void> {
  const model = await tx.model.findUnique({ where: { projectId_slug: { projectId, slug: input.model } }, select: { id: true } });
  const environment = await tx.environment.findUnique({ where: { projectId_slug: { projectId, slug: input.environment } }, select: { id: true, target: { select: { slug: true, name: true } } } });
  const target = await tx.target.findUnique({ where: { slug: input.target }, select: { id: true, slug: true, kind: true, config: true, settings: true, detected: true } });
  if (!model) throw notFound("model");
  if (!environment) throw notFound("environment");
  if (!target) throw notFound("target");
  if (environment.target && environment.target.slug !== target.slug) {
    const message = `Deployments of ${input.environment} go to ${environment.target.name} (${environment.target.slug}). Choose that target, or another environment.`;
    throw new AppError("unprocessable", message, { fields: [{ path: "target", message }] });
  }
  checkScaling(target.kind, input.scaling, MAX_LOCAL_REPLICAS);
  const revision = await checkRevision(tx, {
    projectId, modelId: model.id, target: offeringOf(target), version: input.version, profile: input.profile, runtime: input.runtime,
    config: { env: input.env ?? {}, secrets: input.secrets ?? {}, queueLimit: input.queueLimit ?? DEFAULT_QUEUE_LIMIT, ...(input.image === undefined ? {} : { image: input.image }), ...(input.pullSecret === undefined ? {} : { pullSecret: input.pullSecret }) },
  });
  const body = revision.profile as unknown as Profile;
  await gateChange(tx, actor, { projectId, environmentId: environment.id, deployment: null, after: { profile: body, ...input.scaling }, somethingNew: true }, approved !== null);
  const by = { createdById: approved?.byId ?? actor.id, createdBy: approved?.by ?? actor.label };
  const row = await tx.deployment.create({
    data: {
      projectId, environmentId: environment.id, modelId: model.id, targetId: target.id, slug: input.name, public: input.public ?? false,
      minReplicas: input.scaling.min, maxReplicas: input.scaling.max, targetConcurrency: input.scaling.targetConcurrency, idleSecondsBeforeZero: input.scaling.idleSecondsBeforeZero,
      desiredRevision: 1, lastRevision: 1, status: statusOnChange(EMPTY_STATUS, 1, new Date()), ...by,
      revisions: { create: { ...revision, number: 1, reason: "created", ...by } },
      events: { create: { type: "Normal", reason: "Created", message: `Created by ${by.createdBy}${approved ? `, approved by ${actor.label}` : ""}: version ${input.version} of ${input.model} on ${input.profile}.`, revision: 1 } },
    },
  }).catch(onUniqueViolation(() => new AppError("already_exists", `This project has a deployment named "${input.name}" already (it may still be being deleted). Choose another name.`)));
  await wakeWorkers(tx, row.id);
  await announce(tx, row);
  await writeAudit(tx, actor, {
    action: "deployment.create", subject: { kind: "deployment", id: input.name }, projectId,
    detail: { model: input.model, version: input.version, target: input.target, profile: input.profile, scaling: input.scaling, public: row.public, env: Object.keys(input.env ?? {}), secrets: input.secrets ?? {}, ...(approved ? { requestedBy: approved.by } : {}) },
  });
}
