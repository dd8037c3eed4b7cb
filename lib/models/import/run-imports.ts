import { type Actor, systemActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { createVersion } from "@/lib/models/create-version";
import { afterFault, completeImport } from "@/lib/models/import/end-import";
import { fetchImport } from "@/lib/models/import/fetch-import";
import { type ClaimedImport, claimImport, giveBackImport, MAX_CLAIMS, renewImport } from "@/lib/models/import/import-lease";
import type { ImportReach } from "@/lib/models/import/plan";
import { planImport } from "@/lib/models/import/plan-import";
import { type ImportProgress, importRequestSchema, NO_PROGRESS } from "@/lib/models/import/schema";

const REPORT_MS = 1000;
const TOUCH_MS = 600_000;

export type RunImportsOptions = { owner: string; reach?: ImportReach; signal?: AbortSignal; onFault?(error: unknown, id: string): void };

/** Runs the imports that are due at `now`, one after the other, until there is none. Returns how many were run. Several workers may do this at once. */
export async function runImports(now: Date, o: RunImportsOptions): Promise<number> {
  for (let ran = 0; ; ran++) {
    if (o.signal?.aborted) return ran;
    const claimed = await claimImport(o.owner, now);
    if (!claimed) return ran;
    await runOne(claimed, o);
  }
}

async function runOne(claimed: ClaimedImport, o: RunImportsOptions): Promise<void> {
  // The version is the person's who asked; the worker only carries it out.
  const actor: Actor = { ...systemActor("import"), id: claimed.createdById, label: claimed.createdBy };
  const stop = new AbortController();
  const signal = o.signal ? AbortSignal.any([stop.signal, o.signal]) : stop.signal;
  const fetched = new Set<string>();
  let progress: ImportProgress = { ...NO_PROGRESS, step: "listing" };
  let touchedAt = Date.now();
  let reporting: Promise<void> = Promise.resolve();
  const report = async () => {
    if (!(await renewImport(claimed.id, claimed.projectId, o.owner, progress))) return stop.abort();
    if (Date.now() - touchedAt < TOUCH_MS) return;
    touchedAt = Date.now();
    // No version refers to this content yet: young, so that the sweeper leaves it.
    await db().blob.updateMany({ where: { id: { in: [...fetched] }, projectId: claimed.projectId }, data: { createdAt: new Date() } });
  };
  // A failed report is made up for by the next one, a second later; thirty in a row lose the lease, which the last write finds out.
  const timer = setInterval(() => void (reporting = reporting.then(report).catch(() => undefined)), REPORT_MS);
  try {
    if (claimed.attempts > MAX_CLAIMS) throw new AppError("unprocessable", `${MAX_CLAIMS} workers ended while they ran this import. It is not tried again.`);
    const request = importRequestSchema.parse(claimed.request);
    const model = await db().model.findUniqueOrThrow({ where: { id: claimed.modelId }, select: { slug: true } });
    const plan = await planImport(claimed.projectId, request, o.reach ?? {}, signal);
    const sizes = plan.files.map((f) => f.sizeBytes);
    const bytes = sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + size!, 0);
    progress = { ...progress, step: "fetching", files: plan.files.length, filesDone: 0, bytes, bytesDone: 0 };
    const files = await fetchImport(claimed.projectId, plan, { signal, progress: (p) => (progress = { ...progress, ...p }), kept: (blobId) => void fetched.add(blobId) });
    progress = { ...progress, step: "inspecting" };
    await report();
    signal.throwIfAborted();
    await createVersion(actor, {
      projectId: claimed.projectId, modelSlug: model.slug, files, source: plan.source,
      alsoInTransaction: (tx, version) => completeImport(tx, claimed, o.owner, version),
    });
  } catch (error) {
    // Asked to stop: whoever is next starts at once. Not held any more, by a cancel say: goes on below, where that is seen to.
    if (o.signal?.aborted && (await giveBackImport(claimed.id, claimed.projectId, o.owner))) return;
    o.onFault?.(error, claimed.id);
    await afterFault(actor, claimed, o.owner, error, [...fetched], new Date());
  } finally {
    clearInterval(timer);
    await reporting;
  }
}
