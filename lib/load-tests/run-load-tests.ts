import { db } from "@/lib/db/client";
import { findDeployment } from "@/lib/deployments/find-deployment";
import { reachEndpoint } from "@/lib/deployments/reach-endpoint";
import { AppError } from "@/lib/errors";
import type { DriveStep } from "@/lib/load-tests/drive-step";
import { type ClaimedTest, claimLoadTest, endLoadTest, keepSteps, LOAD_TEST_LEASE_MS, renewLoadTest } from "@/lib/load-tests/load-test-lease";
import { loadsOf, secondsOf, type LoadPlan, type LoadProgress, type LoadStep, type LoadSubject } from "@/lib/load-tests/schema";
import { bytesOf, encodedOf, readyOf, type StoredRequest } from "@/lib/load-tests/subject-of";
import { summariseStep } from "@/lib/load-tests/summarise-step";
import type { Signature } from "@/lib/models/inspect/types";

const RENEW_MS = 1000;
/** Share of failed requests at which a test ends: more load would tell nothing new. */
const GIVE_UP_SHARE = 0.5;

export type RunOptions = { owner: string; drive: DriveStep; reach?: typeof reachEndpoint; signal?: AbortSignal; onFault?(error: unknown, id: string): void };

/** Runs the tests that wait, one after the other, until there is none. Returns how many were run. Several workers may do this at once. */
export async function runLoadTests(o: RunOptions): Promise<number> {
  for (let ran = 0; ; ran++) {
    if (o.signal?.aborted) return ran;
    const claimed = await claimLoadTest(o.owner, new Date());
    if (!claimed) return ran;
    await runOne(claimed, o);
  }
}

async function runOne(test: ClaimedTest, o: RunOptions): Promise<void> {
  const plan = test.plan as LoadPlan;
  const subject = test.subject as LoadSubject;
  const loads = loadsOf(plan);
  const lost = new AbortController();
  const signal = o.signal ? AbortSignal.any([lost.signal, o.signal]) : lost.signal;
  const progress: LoadProgress = { step: 0, steps: loads.length, secondsDone: 0, secondsInAll: secondsOf(plan), answered: 0, failed: 0 };
  const began = performance.now();
  let heldUntil = Date.now() + LOAD_TEST_LEASE_MS;
  let renewing: Promise<void> = Promise.resolve();
  const renew = async () => {
    const asked = Date.now();
    const now: LoadProgress = { ...progress, secondsDone: Math.min(progress.secondsInAll, (performance.now() - began) / 1000) };
    const ours = await renewLoadTest(test, o.owner, now).catch(() => null);
    if (ours === true) heldUntil = asked + LOAD_TEST_LEASE_MS;
    else if (ours === false) lost.abort();
  };
  const timer = setInterval(() => {
    // A database that does not answer cannot say so: past its lease nothing more is sent.
    if (Date.now() >= heldUntil) lost.abort();
    renewing = renewing.then(renew);
  }, RENEW_MS);
  const steps: LoadStep[] = [];
  try {
    const version = await versionOf(test);
    const encoded = encodedOf(test.request as StoredRequest, version);
    const drive = async (load: number, seconds: number) => {
      const { target, ...deployment } = await deploymentOf(test);
      const { url, bearer, local } = await (o.reach ?? reachEndpoint)({ ...deployment, target }, test.revision);
      const headers = { ...encoded.headers, "user-agent": `slipway-load-test/${test.id}`, ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }) };
      return o.drive({ loop: plan.loop, load, seconds, url, headers, body: bytesOf(encoded), local }, { signal, onCount: (answered, failed) => Object.assign(progress, { answered, failed }) });
    };
    if (plan.warmUpSeconds > 0) await drive(loads[0]!, plan.warmUpSeconds);
    for (const [i, load] of loads.entries()) {
      signal.throwIfAborted();
      Object.assign(progress, { step: i + 1, answered: 0, failed: 0 });
      const startedAt = new Date();
      const before = await replicasOf(test);
      const tally = await drive(load, plan.secondsPerStep);
      signal.throwIfAborted();
      const after = await replicasOf(test);
      const step = summariseStep(load, startedAt, tally, { replicas: (before + after) / 2, pricePerHour: subject.pricePerHour });
      steps.push(step);
      if (!(await keepSteps(test, o.owner, steps))) return;
      const asked = step.answered + step.failed;
      if (asked > 0 && step.failed / asked > GIVE_UP_SHARE && i < loads.length - 1) {
        return await endLoadTest(test, o.owner, { state: "done", error: `More than half of step ${i + 1} failed; the steps with more load were not run.` }, new Date());
      }
    }
    await endLoadTest(test, o.owner, { state: "done", error: null }, new Date());
  } catch (error) {
    // Stopped by a person, or taken for dead: that is written already, and the guard of the lease keeps it.
    if (o.signal?.aborted) return await endLoadTest(test, o.owner, { state: "interrupted", error: "The worker that ran it was stopped. What its finished steps measured stays; start a new test for the rest." }, new Date());
    if (lost.signal.aborted) return;
    o.onFault?.(error, test.id);
    const message = error instanceof AppError ? error.message : "Something went wrong in Slipway while sending. The log of the worker has the details.";
    await endLoadTest(test, o.owner, { state: "failed", error: message }, new Date());
  } finally {
    clearInterval(timer);
    await renewing;
  }
}

async function versionOf(test: ClaimedTest): Promise<Signature | null> {
  const revision = await db().revision.findUniqueOrThrow({ where: { deploymentId_number: { deploymentId: test.deploymentId, number: test.revision } }, select: { version: { select: { signature: true } } } });
  return revision.version.signature as Signature | null;
}

async function deploymentOf(test: ClaimedTest) {
  const { slug } = await db().deployment.findUniqueOrThrow({ where: { id: test.deploymentId }, select: { slug: true } });
  return findDeployment(test.projectId, slug);
}

async function replicasOf(test: ClaimedTest): Promise<number> {
  const { status } = await db().deployment.findUniqueOrThrow({ where: { id: test.deploymentId }, select: { status: true } });
  return readyOf(status, test.revision);
}
