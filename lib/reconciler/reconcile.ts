import { AppError } from "@/lib/errors";
import type { MeasureCanary } from "@/lib/observability/measure-canary";
import { measureFrom } from "@/lib/reconciler/canary/step-canary";
import { decide } from "@/lib/reconciler/decide";
import type { Observed } from "@/lib/reconciler/desired";
import { failpoint } from "@/lib/reconciler/failpoint";
import type { Lease } from "@/lib/reconciler/lease";
import { loadDesired, type ResolveSecrets } from "@/lib/reconciler/load-desired";
import { writeStatus, type WriteResult } from "@/lib/reconciler/write-status";
import type { TargetRow } from "@/lib/targets/registry";
import type { DeploymentRef, Target } from "@/lib/targets/target";

export type ReconcileDeps = {
  targetOf(target: TargetRow): Target;
  resolveSecrets: ResolveSecrets;
  /** What a canary and the revision that serves were measured to do since a time. A source that says nothing is figures that are not known. */
  measureCanary: MeasureCanary;
  now(): Date;
};

export type Pass = {
  /** Generation that was read; null: the row is gone. */
  generation: number | null;
  requeueAfterMs: number | null;
  applied: boolean;
  removed: boolean;
  write: WriteResult;
};

/**
 * One pass over one deployment: reads desired and observed anew, decides, acts, writes down. Safe to repeat, to overlap with
 * another worker's and to be cut off anywhere: the next pass starts from what is there.
 */
export async function reconcile(lease: Lease, deps: ReconcileDeps): Promise<Pass> {
  const loaded = await loadDesired(lease.id, deps.resolveSecrets);
  if (!loaded) return { generation: null, requeueAfterMs: null, applied: false, removed: false, write: "unchanged" };
  const { desired } = loaded;
  const target = deps.targetOf(loaded.target);
  let observed = await observe(target, desired.ref);
  const from = measureFrom(desired, observed, deps.now());
  const measures = from && (await deps.measureCanary({ deploymentId: desired.ref.id, canary: desired.desiredRevision, stable: desired.stableRevision!, from, now: deps.now() }));
  let decision = decide(desired, observed, deps.now(), measures);
  try {
    if (decision.apply) {
      failpoint("before-apply", desired.ref.deployment);
      await target.apply(decision.apply);
      failpoint("after-apply", desired.ref.deployment);
    }
    if (decision.remove) {
      failpoint("before-remove", desired.ref.deployment);
      await target.remove(desired.ref);
      failpoint("after-remove", desired.ref.deployment);
    }
  } catch (error) {
    if (decision.apply && isRefusal(error)) {
      // It was asked and would not: another look changes nothing about that, a person may.
      decision = decide({ ...desired, blocked: messageOf(error) }, observed, deps.now());
      if ((error as AppError).code === "not_ready") decision = { ...decision, requeueAfterMs: NOT_READY_MS };
    } else {
      // The target may or may not have taken it in: the next pass looks.
      observed = { unreachable: messageOf(error) };
      decision = decide(desired, observed, deps.now());
    }
  }
  failpoint("before-status", desired.ref.deployment);
  const write = await writeStatus(lease, loaded, observed, decision);
  failpoint("after-status", desired.ref.deployment);
  return { generation: desired.generation, requeueAfterMs: write === "fenced" ? 0 : write === "held" ? NOT_READY_MS : decision.requeueAfterMs, applied: decision.apply !== null, removed: decision.remove, write };
}

async function observe(target: Target, ref: DeploymentRef): Promise<Observed> {
  try {
    return await target.observe(ref);
  } catch (error) {
    return { unreachable: messageOf(error) };
  }
}

/** Something on the target is on its way out or in, and will be so by itself. */
const NOT_READY_MS = 1500;

const isRefusal = (error: unknown) => error instanceof AppError && (error.code === "conflict" || error.code === "unprocessable" || error.code === "not_ready");

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
