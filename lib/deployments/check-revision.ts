import type { Tx } from "@/lib/db/client";
import { requireApprovedImage } from "@/lib/deployments/approved-image";
import { measuredStart } from "@/lib/deployments/measured-start";
import { AppError, notFound } from "@/lib/errors";
import { fit } from "@/lib/profiles/fit";
import { offers, type OfferingTarget } from "@/lib/profiles/offers";
import type { Profile } from "@/lib/profiles/schema";
import { chooseRuntime } from "@/lib/serving/runtimes";
import type { StoredInspection } from "@/lib/models/stored-inspection";

export type RevisionConfig = {
  env: Record<string, string>;
  secrets: Record<string, string>;
  queueLimit: number;
  /** Image by digest, for a runtime that brings its own code, and the project's secret its registry asks for. */
  image?: string;
  pullSecret?: string;
  /** Measured start of the version on the profile as it was known when the revision was made: it is in the pod template, which must not change by itself. */
  startSeconds?: number;
};

export const DEFAULT_QUEUE_LIMIT = 100;

type Wanted = {
  projectId: string;
  modelId: string;
  target: OfferingTarget;
  version: number;
  profile: string;
  runtime?: string;
  config: RevisionConfig;
};

const unprocessable = (path: string, message: string) => new AppError("unprocessable", message, { fields: [{ path, message }] });

/**
 * Whether a version can be served with a profile on a kind of target. Returns what a Revision row needs; otherwise throws an
 * error whose sentence says what to do instead.
 */
export async function checkRevision(tx: Tx, wanted: Wanted) {
  const version = await tx.modelVersion.findUnique({
    where: { modelId_number: { modelId: wanted.modelId, number: wanted.version } },
    select: { id: true, number: true, state: true, format: true, sizeBytes: true, inspection: true, source: true, files: { select: { path: true }, orderBy: { path: "asc" } } },
  });
  if (!version) throw notFound("version");
  const local = wanted.target.kind === "local";
  if (version.state === "quarantined") {
    throw new AppError("model_quarantined", "This version carries code, so it may not run until a platform person has approved it.");
  }
  if (version.state === "approved" && local) {
    throw new AppError("model_quarantined", "This version carries code. It was approved, but runs only on a cluster, in a restricted pod. Connect a cluster to deploy it.");
  }
  const inspection = version.inspection as unknown as StoredInspection;
  const set = { format: version.format, paths: version.files.map((f) => f.path), facts: inspection.facts ?? {}, ownImage: wanted.config.image !== undefined || imageOfSource(version.source) !== null };
  const choice = chooseRuntime(set, wanted.target.kind, wanted.runtime);
  if (!choice.ok) throw unprocessable("runtime", choice.message);

  const profile = await tx.profile.findUnique({ where: { slug: wanted.profile }, select: { id: true, slug: true, body: true, targetKind: true, enabled: true } });
  if (!profile || !profile.enabled) throw notFound("profile");
  const body = profile.body as unknown as Profile;
  if (!offers(wanted.target, body)) throw unprocessable("profile", whyNotOffered(wanted.target, body));
  const verdict = fit({
    format: version.format, weightBytes: inspection.weightBytes, weightBytesByType: inspection.weightBytesByType, parameters: inspection.parameters, facts: inspection.facts, fileBytes: Number(version.sizeBytes),
  }, body);
  if (verdict.verdict === "does_not_fit") throw unprocessable("profile", verdict.decidedBy);

  await requireApprovedImage(tx, wanted.projectId, wanted.config.image);
  await checkSecrets(tx, wanted.projectId, wanted.config);
  const startSeconds = local ? null : await measuredStart(tx, { modelId: wanted.modelId, versionId: version.id, profileId: profile.id, targetKind: wanted.target.kind });
  return { versionId: version.id, profileId: profile.id, profile: body as object, runtime: choice.runtime.name, config: { ...wanted.config, ...(startSeconds === null ? {} : { startSeconds }) } as object };
}

function whyNotOffered(target: OfferingTarget, profile: Profile): string {
  if (target.kind === "local") return `Connect a cluster to deploy on ${profile.name}. This machine offers the profiles named local-….`;
  if (profile.targetKind === "local") return `${profile.name} is a profile of this machine; choose one of the cluster.`;
  if (profile.targetKind === "kubernetes") return `${profile.name} is for clusters with nodes of another kind; choose one that this target offers.`;
  return target.region === null ? `${profile.name} is an AWS profile, and this cluster's nodes are not known to be on AWS. Set its region under the target's settings, or choose another profile.` : `${profile.name} is of ${profile.region}, and this target is in ${target.region}. Choose a profile of that region.`;
}

async function checkSecrets(tx: Tx, projectId: string, config: RevisionConfig): Promise<void> {
  const both = Object.keys(config.secrets).find((name) => name in config.env);
  if (both) throw unprocessable(`secrets.${both}`, `${both} is set both as a variable and as a secret. Keep one.`);
  const names = [...new Set([...Object.values(config.secrets), ...(config.pullSecret === undefined ? [] : [config.pullSecret])])];
  if (names.length === 0) return;
  const known = new Set((await tx.secret.findMany({ where: { projectId, name: { in: names } }, select: { name: true } })).map((s) => s.name));
  const missing = names.filter((n) => !known.has(n));
  if (missing.length > 0) throw unprocessable("secrets", `This project has no secret named ${missing.map((m) => `"${m}"`).join(", ")}. Set it under Settings, Secrets.`);
}

/** The image of a version that was imported by reference from a registry; null: it is made of files. */
export function imageOfSource(source: unknown): string | null {
  const { kind, uri } = (source ?? {}) as { kind?: unknown; uri?: unknown };
  return kind === "image" && typeof uri === "string" ? uri : null;
}

/** Throws unprocessable when a target cannot hold so many replicas. */
export function checkScaling(targetKind: string, scaling: { max: number }, most: number): void {
  if (targetKind === "local" && scaling.max > most) throw unprocessable("scaling.max", `This machine runs at most ${most} replicas of a deployment.`);
}
