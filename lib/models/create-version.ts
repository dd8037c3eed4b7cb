import { artifactStore } from "@/lib/artifacts/artifact-store";
import type { FinishedBlob } from "@/lib/artifacts/store";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { inspectSet } from "@/lib/models/inspect/inspect-set";
import type { Inspection } from "@/lib/models/inspect/types";
import { presentVersion } from "@/lib/models/present-version";
import { reserve } from "@/lib/models/reserve-quota";
import { setDigest } from "@/lib/models/set-digest";
import { toStored } from "@/lib/models/stored-inspection";

/** `shared`: already content of the project, which other versions may use: never removed here, and gone meanwhile is `conflict`. */
export type StoredFile = FinishedBlob & { path: string; shared?: boolean };

export type NewVersion = {
  projectId: string;
  modelSlug: string;
  /** Whole and verified, already in the artifact store. This call owns them: it keeps them or removes them. */
  files: StoredFile[];
  source?: Record<string, unknown>;
  /** Runs in the same transaction, before quota is taken: takes uploads up and gives their reservation back, marks an import as done. */
  alsoInTransaction?: (tx: Tx, version: number) => Promise<void>;
  /** true: after a fault of ours the files stay, so that the call can be repeated (a finished upload). What is refused goes anyway. */
  keepOnFault?: boolean;
};

/**
 * Turns a whole, verified set of files into the next version of a model. Inspects without running; what is refused is
 * removed and nothing is kept (model_refused). The same content is stored once a project. Throws quota_exceeded.
 */
export async function createVersion(actor: Actor, input: NewVersion) {
  const store = artifactStore();
  const saved = await inspectAndSave(actor, input).catch(async (error: unknown) => {
    // Of any other fault it is not known whether the rows were committed before it: such files are the sweeper's to judge.
    const ours = error instanceof AppError;
    if (ours && (error.code === "model_refused" || !input.keepOnFault)) await Promise.all(input.files.filter((f) => !f.shared).map((f) => store.remove(f.blobId)));
    throw error;
  });
  // From here the rows refer to the files: what could not be removed now is the sweeper's.
  await Promise.all(saved.duplicates.map((blobId) => store.remove(blobId).catch(() => undefined)));
  return presentVersion(saved.version);
}

async function inspectAndSave(actor: Actor, input: NewVersion) {
  if (new Set(input.files.map((f) => f.path.toLowerCase())).size !== input.files.length) {
    throw new AppError("invalid_request", "Two files of the set have the same path.");
  }
  const inspection = await inspectStored(input.files);
  if (inspection.verdict === "refused") {
    const reasons = inspection.findings.filter((f) => f.severity === "danger").map((f) => f.message);
    throw new AppError("model_refused", reasons[0] ?? "The files are not a model that Slipway can read.", { extra: { findings: inspection.findings } });
  }
  return save(actor, input, inspection).catch((error: unknown) => {
    // Another upload stored the same content in the same moment: now it is there to be shared.
    if ((error as { code?: string }).code === "P2002") return save(actor, input, inspection);
    throw error;
  });
}

async function inspectStored(files: StoredFile[]): Promise<Inspection> {
  const store = artifactStore();
  const open = await Promise.all(files.map(async (f) => ({ path: f.path, blob: await store.open(f.blobId) })));
  try {
    return await inspectSet(open.map(({ path, blob }) => ({ path, sizeBytes: blob.sizeBytes, read: (offset, length) => blob.read(offset, length) })));
  } finally {
    await Promise.all(open.map(({ blob }) => blob.close()));
  }
}

async function save(actor: Actor, input: NewVersion, inspection: Inspection) {
  return db().$transaction(async (tx) => {
    // The model's row lock orders versions; the increment is undone with the transaction.
    const bumped = await tx.model.updateManyAndReturn({ where: { projectId: input.projectId, slug: input.modelSlug }, data: { lastVersion: { increment: 1 } } });
    const model = bumped[0];
    if (!model) throw notFound("model");
    const known = await tx.blob.findMany({ where: { projectId: input.projectId, sha256: { in: input.files.map((f) => f.sha256) } } });
    const blobIdOf = new Map(known.map((b) => [b.sha256, b.id]));
    const duplicates: string[] = [];
    let added = 0n;
    for (const file of input.files) {
      if (blobIdOf.has(file.sha256)) {
        if (!file.shared && blobIdOf.get(file.sha256) !== file.blobId) duplicates.push(file.blobId);
        continue;
      }
      if (file.shared) throw new AppError("conflict", "Content of the set was deleted meanwhile. It has to be fetched again.");
      await tx.blob.create({ data: { id: file.blobId, projectId: input.projectId, sha256: file.sha256, sizeBytes: BigInt(file.sizeBytes) } });
      blobIdOf.set(file.sha256, file.blobId);
      added += BigInt(file.sizeBytes);
    }
    await input.alsoInTransaction?.(tx, model.lastVersion);
    await reserve(tx, input.projectId, added);
    const version = await tx.modelVersion.create({
      data: {
        modelId: model.id, number: model.lastVersion, digest: setDigest(input.files), state: inspection.verdict === "quarantined" ? "quarantined" : "accepted",
        format: inspection.format, sizeBytes: input.files.reduce((sum, f) => sum + BigInt(f.sizeBytes), 0n),
        signature: inspection.signature ?? undefined, inspection: toStored(inspection), source: (input.source as object | undefined) ?? undefined,
        createdById: actor.id, createdBy: actor.label,
        files: { create: input.files.map((f) => ({ path: f.path, sizeBytes: BigInt(f.sizeBytes), sha256: f.sha256, blobId: blobIdOf.get(f.sha256)! })) },
      },
      include: { files: { orderBy: { path: "asc" } } },
    });
    await writeAudit(tx, actor, {
      action: "version.create", subject: { kind: "model", id: input.modelSlug }, projectId: input.projectId,
      detail: { version: version.number, digest: version.digest, state: version.state, format: version.format, files: input.files.length },
    });
    return { version, duplicates };
  }, { timeout: 30_000 });
}
