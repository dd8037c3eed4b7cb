import { imageOfSource, type RevisionConfig } from "@/lib/deployments/check-revision";
import { readCanaryPlan } from "@/lib/deployments/canary-plan";
import type { Phase } from "@/lib/deployments/schema";
import { readStatus } from "@/lib/deployments/stored-status";
import { db, type Tx } from "@/lib/db/client";
import type { Deployment } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import type { Profile } from "@/lib/profiles/schema";
import type { Desired } from "@/lib/reconciler/desired";
import { artifactToken } from "@/lib/artifacts/artifact-token";
import type { Signature } from "@/lib/models/inspect/types";
import { placementOf } from "@/lib/profiles/placement";
import type { TargetRow } from "@/lib/targets/registry";
import type { ClusterRevision, RevisionSpec } from "@/lib/targets/target";

/** The values of a project's secrets by name; throws AppError("not_ready") naming those that are not set. */
export type ResolveSecrets = (projectId: string, names: string[]) => Promise<Map<string, string>>;

export type PricedRevision = { profileSlug: string; priceUsdPerHour: number | null; priceNote: string; estimate: boolean };

export type Loaded = {
  desired: Desired;
  row: { id: string; projectId: string; environmentId: string; slug: string; modelSlug: string };
  target: TargetRow;
  /** Price of a replica of a revision, for the cost ledger. */
  prices: Map<number, PricedRevision>;
};

/**
 * Everything a pass needs of a deployment, read anew each time; null when its row is gone. `asOnCluster`: with what only a cluster
 * needs, although it runs elsewhere. `client`: a transaction whose changes are to be seen.
 */
export async function loadDesired(id: string, resolveSecrets: ResolveSecrets, { asOnCluster = false, client = db() }: { asOnCluster?: boolean; client?: Tx } = {}): Promise<Loaded | null> {
  const row = await readRow(client, id);
  if (!row) return null;
  const numbers = [...new Set([row.desiredRevision, ...(row.stableRevision === null ? [] : [row.stableRevision])])];
  const rows = await readRevisions(client, id, numbers);
  const onCluster = asOnCluster || row.target.kind !== "local";
  const names = [...new Set(rows.map((r) => r.config as RevisionConfig).flatMap((c) => [...Object.values(c.secrets), ...(c.pullSecret === undefined ? [] : [c.pullSecret])]))];
  let blocked: string | null = null;
  const values = await resolveSecrets(row.projectId, names).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== "not_ready") throw error;
    blocked = error.message;
    return new Map<string, string>();
  });
  const revisions = new Map(rows.map((r) => [r.number, { ...specOf(r, row.slug, values), ...(onCluster ? { cluster: clusterOf(r, values) } : {}) }]));
  const prices = new Map(rows.map((r) => [r.number, priceOf(r.profile as unknown as Profile, r.profileRef.slug)]));
  return {
    row: { id, projectId: row.projectId, environmentId: row.environmentId, slug: row.slug, modelSlug: row.model }, target: row.target, prices,
    desired: {
      ref: { id, project: row.project, projectId: row.projectId, deployment: row.slug }, generation: row.generation, observedGeneration: row.observedGeneration, desiredState: row.desiredState,
      public: row.public, scaling: { min: row.minReplicas, max: row.maxReplicas, targetConcurrency: row.targetConcurrency, ...(row.minReplicas === 0 ? { idleSecondsBeforeZero: row.idleSecondsBeforeZero } : {}) },
      stableRevision: row.stableRevision, desiredRevision: row.desiredRevision, canaryWeight: row.canaryWeight, canaryPlan: readCanaryPlan(row.canaryPlan), canaryPaused: row.canaryPaused, revisions, blocked,
      phase: row.phase as Phase, status: readStatus(row.status),
      ...(onCluster ? { cluster: { environment: row.environment, artifactToken: artifactToken(id) } } : {}),
    },
  };
}

type Row = Pick<Deployment, "projectId" | "environmentId" | "slug" | "generation" | "observedGeneration" | "desiredState" | "public" | "minReplicas" | "maxReplicas" | "targetConcurrency" | "idleSecondsBeforeZero" | "stableRevision" | "desiredRevision" | "canaryWeight" | "canaryPlan" | "canaryPaused" | "phase" | "status"> & {
  project: string; environment: string; model: string; target: TargetRow;
};

/** In one query: a pass begins with it, and Prisma would ask once a relation, one after the other. */
async function readRow(client: Tx, id: string): Promise<Row | null> {
  const [found] = await client.$queryRaw<(Omit<Row, "target"> & { targetSlug: string; kind: string; config: unknown; credentials: Uint8Array | null; settings: unknown; detected: unknown })[]>`
    SELECT d."projectId"::text, d."environmentId"::text, d.slug, d.generation, d."observedGeneration", d."desiredState"::text, d.public, d."minReplicas", d."maxReplicas", d."targetConcurrency", d."idleSecondsBeforeZero",
      d."stableRevision", d."desiredRevision", d."canaryWeight", d."canaryPlan", d."canaryPaused", d.phase, d.status,
      p.slug AS project, e.slug AS environment, m.slug AS model, t.slug AS "targetSlug", t.kind::text, t.config, t.credentials, t.settings, t.detected
    FROM "Deployment" d JOIN "Project" p ON p.id = d."projectId" JOIN "Environment" e ON e.id = d."environmentId" JOIN "Model" m ON m.id = d."modelId" JOIN "Target" t ON t.id = d."targetId"
    WHERE d.id = ${id}::uuid`;
  if (!found) return null;
  const { targetSlug: slug, kind, config, credentials, settings, detected, ...row } = found;
  return { ...row, target: { slug, kind, config, credentials, settings, detected } };
}

/** Revisions never change: those that a worker has read it reads no more. What is read inside a transaction may yet be taken back. */
const read = new Map<string, RevisionRow>();
const MOST_READ = 2000;

async function readRevisions(client: Tx, deploymentId: string, numbers: number[]): Promise<RevisionRow[]> {
  const keep = client === db();
  const known = keep ? numbers.flatMap((n) => read.get(`${deploymentId}:${n}`) ?? []) : [];
  if (known.length === numbers.length) return known;
  const rows = await client.revision.findMany({
    where: { deploymentId, number: { in: numbers } },
    select: {
      number: true, runtime: true, config: true, profile: true, profileRef: { select: { slug: true } },
      version: { select: { format: true, signature: true, source: true, files: { orderBy: { path: "asc" }, select: { path: true, sizeBytes: true, sha256: true, blobId: true } } } },
    },
  });
  if (read.size > MOST_READ) read.clear();
  if (keep) for (const r of rows) read.set(`${deploymentId}:${r.number}`, r);
  return rows;
}

type RevisionRow = {
  number: number; runtime: string; config: unknown; profile: unknown; profileRef: { slug: string };
  version: { format: string; signature: unknown; source: unknown; files: { path: string; sizeBytes: bigint; sha256: string; blobId: string }[] };
};

function specOf(r: RevisionRow, model: string, values: Map<string, string>): Omit<RevisionSpec, "weight"> {
  const config = r.config as RevisionConfig;
  const profile = r.profile as Profile;
  return {
    n: r.number, runtime: r.runtime, model, format: r.version.format,
    files: r.version.files.map((f) => ({ path: f.path, sizeBytes: Number(f.sizeBytes), sha256: f.sha256, blobId: f.blobId })),
    resources: { cpuMillicores: profile.cpuMillicores, memoryMib: profile.memoryMib, accelerator: profile.accelerator && { name: profile.accelerator.name, count: profile.accelerator.count } },
    env: config.env, secrets: Object.fromEntries(Object.entries(config.secrets).map(([name, secret]) => [name, values.get(secret) ?? ""])), queueLimit: config.queueLimit,
  };
}

function clusterOf(r: RevisionRow, values: Map<string, string>): ClusterRevision {
  const config = r.config as RevisionConfig;
  return {
    placement: placementOf(r.profile as Profile), image: config.image ?? imageOfSource(r.version.source),
    pullSecret: config.pullSecret === undefined ? null : values.get(config.pullSecret) ?? null,
    signature: r.version.signature as Signature | null,
    startSeconds: config.startSeconds ?? null,
  };
}

function priceOf(profile: Profile, profileSlug: string): PricedRevision {
  const quote = profile.price;
  return { profileSlug, priceUsdPerHour: quote?.value ?? null, priceNote: quote ? `${quote.source}, as of ${quote.asOf.slice(0, 10)}` : "no price on file", estimate: quote?.estimate ?? false };
}
