import { pool } from "@/lib/db/pool";
import type { FakeTarget } from "@/lib/reconciler/__fixtures__/fake-target";
import { claimDue, type Lease } from "@/lib/reconciler/lease";
import { reconcile, type ReconcileDeps } from "@/lib/reconciler/reconcile";

export const depsOf = (target: FakeTarget): ReconcileDeps => ({ targetOf: () => target, resolveSecrets: async () => new Map(), measureCanary: async () => { throw new Error("not asked for"); }, now: () => new Date() });
export const claim = async (): Promise<Lease> => (await claimDue(pool(), "w1", 1))[0]!;

/** Passes until nothing more is asked for, the target moving one step between two of them. */
export async function settle(target: FakeTarget, lease: Lease, most = 20): Promise<number> {
  for (let passes = 1; passes <= most; passes++) {
    const pass = await reconcile(lease, depsOf(target));
    if (pass.requeueAfterMs === null) return passes;
    target.step();
  }
  throw new Error("did not settle");
}
