import { endpointUrl, ingressOf } from "@/lib/deployments/endpoint-url";
import type { RevisionConfig } from "@/lib/deployments/check-revision";
import { readCanaryPlan, type CanaryStatusDto, type Figures } from "@/lib/deployments/canary-plan";
import type { DeploymentDto, Phase } from "@/lib/deployments/schema";
import { readStatus, type CanaryProgress, type StoredStatus } from "@/lib/deployments/stored-status";

/** What a list selects: one row a deployment, no relation that grows. */
export const ROW_SELECT = {
  id: true, slug: true, phase: true, status: true, desiredState: true, public: true, minReplicas: true, maxReplicas: true, targetConcurrency: true, idleSecondsBeforeZero: true, desiredRevision: true,
  createdAt: true, createdBy: true, updatedAt: true,
  project: { select: { slug: true } }, model: { select: { slug: true } }, environment: { select: { slug: true } }, target: { select: { slug: true, kind: true, settings: true, detected: true } },
} as const;

type Row = {
  id: string; slug: string; phase: string; status: unknown; desiredState: "running" | "stopped" | "deleted"; public: boolean;
  minReplicas: number; maxReplicas: number; targetConcurrency: number; idleSecondsBeforeZero: number; desiredRevision: number; createdAt: Date; createdBy: string; updatedAt: Date;
  project: { slug: string }; model: { slug: string }; environment: { slug: string }; target: { slug: string; kind: string; settings: unknown; detected: unknown };
};
type Revision = { number: number; runtime: string; config: unknown; version: { number: number }; profileRef: { slug: string } };

function common(d: Row, revision: Revision) {
  return {
    id: d.id, slug: d.slug, name: d.slug, project: d.project.slug, model: d.model.slug, version: revision.version.number,
    target: d.target.slug, targetKind: d.target.kind, profile: revision.profileRef.slug, environment: d.environment.slug,
    scaling: { min: d.minReplicas, max: d.maxReplicas, targetConcurrency: d.targetConcurrency, idleSecondsBeforeZero: d.idleSecondsBeforeZero }, public: d.public, desiredState: d.desiredState, phase: d.phase as Phase,
    createdAt: d.createdAt.toISOString(), createdBy: d.createdBy, updatedAt: d.updatedAt.toISOString(),
  };
}

type Whole = Row & { stableRevision: number | null; canaryWeight: number | null; canaryPlan: unknown; canaryPaused: boolean; generation: number; observedGeneration: number; statusChangedAt: Date };

function presentCanary(d: Whole, { canary }: StoredStatus): CanaryStatusDto | null {
  const plan = readCanaryPlan(d.canaryPlan);
  if (!plan) return canary === null ? null : { ...said(canary), step: canary.step + 1, weight: null, plan: null };
  // A plan that no worker has looked at yet says nothing of the one before.
  const now: CanaryProgress = canary?.since === plan.since && canary.revision === d.desiredRevision ? canary : { since: plan.since, revision: d.desiredRevision, step: 0, stepSince: null, state: "running", reason: "It waits for its replicas.", measured: null, at: plan.since };
  const { since: _since, ...shown } = plan;
  return { ...said(now), ...(d.canaryPaused && now.state === "running" ? { state: "paused" as const } : {}), step: now.step + 1, weight: plan.steps[now.step] ?? null, plan: shown };
}

const said = ({ revision, state, stepSince, reason, at, measured }: CanaryProgress) => ({
  revision, state, stepSince, reason, at, measured: measured && { canary: shownFigures(measured.canary), stable: shownFigures(measured.stable) },
});
const shownFigures = ({ requests, errors, p99Seconds }: Figures) => ({ requests, errors, p99Seconds });

/** The whole deployment with its desired revision. Explicit, field by field: nothing internal (leases, hashes) leaves with it. */
export function presentDeployment(d: Whole, revision: Revision): DeploymentDto {
  const status = readStatus(d.status);
  const config = revision.config as RevisionConfig;
  return {
    ...common(d, revision), runtime: revision.runtime, env: config.env, secrets: config.secrets, queueLimit: config.queueLimit, image: config.image ?? null, pullSecret: config.pullSecret ?? null,
    status: {
      phase: d.phase as Phase, message: status.message, conditions: status.conditions, replicas: status.replicas, revisions: status.revisions,
      stableRevision: d.stableRevision, desiredRevision: d.desiredRevision, canaryWeight: d.canaryWeight, canary: presentCanary(d, status), url: endpointUrl({ project: d.project.slug, deployment: d.slug, public: d.public, targetKind: d.target.kind, ingress: ingressOf(d.target) }), timeline: status.timeline, lastStart: status.lastStart && { revision: status.lastStart.revision, at: status.lastStart.at, seconds: status.lastStart.seconds },
      changedAt: d.statusChangedAt.toISOString(),
    },
    generation: d.generation, observedGeneration: d.observedGeneration,
  };
}
