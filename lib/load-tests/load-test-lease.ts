import { db, type Tx } from "@/lib/db/client";
import { announce } from "@/lib/deployments/announce";
import { announceLoadTest } from "@/lib/load-tests/announce";
import type { LoadProgress, LoadStep } from "@/lib/load-tests/schema";

/** How long a claim holds without being renewed: a test whose worker died is over after this. */
export const LOAD_TEST_LEASE_MS = 15_000;

export type ClaimedTest = { id: string; projectId: string; deploymentId: string; revision: number; plan: unknown; request: unknown; subject: unknown };
type Ref = Pick<ClaimedTest, "id" | "projectId" | "deploymentId">;
type End = { state: "done" | "failed" | "interrupted"; error: string | null };

/** Claims the oldest test that waits. One that has begun is never claimed again: what it measured before and after would not be one test. */
export async function claimLoadTest(owner: string, now: Date): Promise<ClaimedTest | null> {
  return db().$transaction(async (tx) => {
    const [claimed] = await tx.$queryRaw<ClaimedTest[]>`
      UPDATE "LoadTest" SET state = 'running', "leaseOwner" = ${owner}, "leaseUntil" = ${new Date(now.getTime() + LOAD_TEST_LEASE_MS)}, "startedAt" = ${now}
      WHERE id = (SELECT id FROM "LoadTest" WHERE state = 'queued' ORDER BY "createdAt" LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, "projectId", "deploymentId", revision, plan, request, subject`;
    if (claimed) await tell(tx, claimed, { at: now, reason: "LoadTestStarted", type: "Normal", message: `A load test of revision ${claimed.revision} has begun.`, revision: claimed.revision });
    return claimed ?? null;
  });
}

const held = (t: Ref, owner: string) => ({ id: t.id, projectId: t.projectId, leaseOwner: owner, state: "running" });

/** Holds on, and says how far it has come. False: stopped, or the lease has passed; then nothing more may be sent. */
export async function renewLoadTest(t: Ref, owner: string, progress: LoadProgress): Promise<boolean> {
  const { count } = await db().loadTest.updateMany({ where: held(t, owner), data: { leaseUntil: new Date(Date.now() + LOAD_TEST_LEASE_MS), progress } });
  if (count === 1) await announceLoadTest(db(), t.id, t.projectId);
  return count === 1;
}

/** Keeps the steps that have ended. False: no longer held. */
export async function keepSteps(t: Ref, owner: string, steps: LoadStep[]): Promise<boolean> {
  const { count } = await db().loadTest.updateMany({ where: held(t, owner), data: { steps } });
  if (count === 1) await announceLoadTest(db(), t.id, t.projectId);
  return count === 1;
}

/** Ends a test that is still held; what it measured stays. */
export async function endLoadTest(t: Ref, owner: string, end: End, now: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.loadTest.updateMany({ where: held(t, owner), data: { ...end, finishedAt: now, leaseOwner: null, leaseUntil: null } });
    if (count === 1) await tellEnd(tx, t, end, now);
  });
}

/** Ends tests whose worker has not been heard of. Any worker may do it, any number of times. Returns how many. */
export async function endAbandoned(now: Date): Promise<number> {
  return db().$transaction(async (tx) => {
    const end: End = { state: "interrupted", error: "The worker that ran it ended. What its finished steps measured stays; start a new test for the rest." };
    const rows = await tx.$queryRaw<Ref[]>`
      UPDATE "LoadTest" SET state = ${end.state}, error = ${end.error}, "finishedAt" = ${now}, "leaseOwner" = NULL, "leaseUntil" = NULL
      WHERE state = 'running' AND "leaseUntil" <= ${now} RETURNING id, "projectId", "deploymentId"`;
    for (const t of rows) await tellEnd(tx, t, end, now);
    return rows.length;
  });
}

const tellEnd = (tx: Tx, t: Ref, end: End, at: Date) =>
  tell(tx, t, { at, reason: "LoadTestEnded", type: end.state === "done" ? "Normal" : "Warning", message: `The load test has ended: ${end.state}.${end.error ? ` ${end.error}` : ""}`, revision: null });

/** On the deployment's timeline and charts, so that this traffic can be told from its callers'. */
async function tell(tx: Tx, t: Ref, e: { at: Date; reason: string; type: string; message: string; revision: number | null }): Promise<void> {
  await tx.deploymentEvent.createMany({ data: [{ deploymentId: t.deploymentId, at: e.at, lastAt: e.at, type: e.type, reason: e.reason, message: e.message, revision: e.revision, dedupeKey: `load-test:${t.id}:${e.reason}` }], skipDuplicates: true });
  await announceLoadTest(tx, t.id, t.projectId);
  await announce(tx, { id: t.deploymentId, projectId: t.projectId, slug: "" });
}
