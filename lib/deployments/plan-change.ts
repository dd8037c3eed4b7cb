import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import { revisionChanges, type RevisionChange } from "@/lib/deployments/diff-revisions";
import { presentRevision, REVISION_SELECT } from "@/lib/deployments/list-revisions";
import { imageOfSource, type RevisionConfig } from "@/lib/deployments/check-revision";
import { impactSchema, revisionImpact, type Side } from "@/lib/deployments/revision-impact";
import { rollBackIn } from "@/lib/deployments/roll-back";
import { revisionSchema, rollbackSchema, updateDeploymentSchema } from "@/lib/deployments/schema";
import { updateDeploymentIn } from "@/lib/deployments/update-deployment";
import { AppError, notFound } from "@/lib/errors";
import type { Desired } from "@/lib/reconciler/desired";
import { loadDesired } from "@/lib/reconciler/load-desired";
import { resolveSecrets } from "@/lib/secrets/resolve-secrets";
import { targetOf, type TargetRow } from "@/lib/targets/registry";
import type { DeploymentSpec, Diff } from "@/lib/targets/target";

export const planSchema = z.union([z.strictObject({ rollback: rollbackSchema }), z.strictObject({ update: updateDeploymentSchema })]).meta({ id: "PlanChange", examples: [{ rollback: { revision: 1 } }, { update: { version: 2 } }] });

const change = z.object({ path: z.string(), from: z.unknown(), to: z.unknown() });
export const plannedSchema = z.object({
  from: revisionSchema, to: revisionSchema,
  changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })), impact: impactSchema,
  target: z.object({
    changes: z.array(change).meta({ description: "In what the target is asked for" }),
    objects: z.array(z.object({ kind: z.string(), namespace: z.string().nullable(), name: z.string(), action: z.enum(["create", "change", "delete", "refused"]), changes: z.array(change), message: z.string().nullable() })).nullable()
      .meta({ description: "By the cluster's own dry run; null: the target has no objects" }),
    notKnown: z.string().nullable().meta({ description: "Why the target did not say" }),
  }),
}).meta({ id: "PlannedChange", description: "What a change would do. Nothing of it has happened" });
export type Planned = z.infer<typeof plannedSchema>;

type Wanted = z.output<typeof planSchema>;
type Read = { from: Side; to: Side; desired: Desired; target: TargetRow };

/** Carries what was read out of a transaction that must not be kept. */
class Undone extends Error {
  constructor(readonly read: Read) { super("undone"); }
}

/**
 * What a change would do: it is made, looked at and undone in one transaction, so that it is checked by the same code as the real one, and
 * the target then says what it would change. Throws what the change would; a target that cannot be asked is told in the answer.
 */
export async function planChange(actor: Actor, projectId: string, slug: string, wanted: Wanted): Promise<Planned> {
  const { from, to, desired, target } = await db().$transaction(async (tx): Promise<Read> => {
    const before = await readSide(tx, projectId, slug);
    // Whoever may only ask for it sees what it does all the same: the approval is the change's own matter.
    if ("rollback" in wanted) await rollBackIn(tx, actor, projectId, slug, wanted.rollback.revision);
    else await updateDeploymentIn(tx, actor, projectId, slug, null, wanted.update, { byId: actor.id, by: actor.label });
    const after = await readSide(tx, projectId, slug);
    const loaded = await loadDesired(before.id, resolveSecrets, { client: tx });
    if (!loaded) throw notFound("deployment");
    throw new Undone({ from: before.side, to: after.side, desired: loaded.desired, target: loaded.target });
  }).catch((error: unknown) => {
    if (error instanceof Undone) return error.read;
    throw error;
  });
  const changes: RevisionChange[] = revisionChanges(from.revision, to.revision);
  return { from: from.revision, to: to.revision, changes, impact: revisionImpact(from, to), target: await ask(target, desired) };
}

async function readSide(tx: Tx, projectId: string, slug: string): Promise<{ id: string; side: Side }> {
  const row = await tx.deployment.findUnique({ where: { projectId_slug: { projectId, slug } }, select: { id: true, stableRevision: true, desiredRevision: true, minReplicas: true, maxReplicas: true, desiredState: true } });
  const revision = row && (await tx.revision.findUnique({ where: { deploymentId_number: { deploymentId: row.id, number: row.desiredRevision } }, select: { ...REVISION_SELECT, version: { select: { ...REVISION_SELECT.version.select, source: true } } } }));
  if (!row || !revision) throw notFound("deployment");
  const replicas = row.desiredState === "running" ? { min: row.minReplicas, max: row.maxReplicas } : { min: 0, max: 0 };
  return { id: row.id, side: { revision: presentRevision(revision, row), image: (revision.config as RevisionConfig).image ?? imageOfSource(revision.version.source), replicas } };
}

async function ask(row: TargetRow, d: Desired): Promise<Planned["target"]> {
  if (d.blocked !== null) return { changes: [], objects: null, notKnown: d.blocked };
  try {
    const { changes, objects }: Diff = await targetOf(row).plan(endState(d));
    return { changes, notKnown: null, objects: objects?.map(({ message = null, ...o }) => ({ ...o, message })) ?? (row.kind === "local" ? null : []) };
  } catch (error) {
    if (error instanceof AppError) return { changes: [], objects: null, notKnown: error.message };
    throw error;
  }
}

/** What the target holds once the change is through: the wanted revision alone, or beside the serving one while it is a canary. */
function endState(d: Desired): DeploymentSpec {
  const canary = d.canaryWeight !== null && d.stableRevision !== null && d.stableRevision !== d.desiredRevision ? d.canaryWeight : null;
  const weights = canary === null ? [[d.desiredRevision, 100] as const] : [[d.stableRevision!, 100 - canary] as const, [d.desiredRevision, canary] as const];
  return {
    ref: d.ref, generation: d.generation, public: d.public, scaling: d.desiredState === "running" ? d.scaling : { ...d.scaling, min: 0, max: 0 },
    revisions: weights.flatMap(([n, weight]) => { const revision = d.revisions.get(n); return revision ? [{ ...revision, weight, ...(canary === null && d.desiredState === "running" && d.scaling.min === 0 && n === d.stableRevision ? { mayScaleToZero: true as const } : {}) }] : []; }).sort((a, b) => a.n - b.n),
    ...(d.cluster ? { cluster: d.cluster } : {}),
  };
}
