import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { listen } from "@/lib/db/listen";
import { pool } from "@/lib/db/pool";
import { keepBeating } from "@/lib/health/beat";
import type { Logger } from "@/lib/logger";
import { measureCanary } from "@/lib/observability/measure-canary";
import { ReconcileLoop } from "@/lib/reconciler/loop";
import type { ReconcileDeps } from "@/lib/reconciler/reconcile";
import { resolveSecrets } from "@/lib/secrets/resolve-secrets";
import { targetOf } from "@/lib/targets/registry";
import { runDeliveryLoop } from "@/services/worker/delivery-loop";
import { runDrillLoop } from "@/services/worker/drill-loop";
import { runImportLoop } from "@/services/worker/import-loop";
import { runLoadTestLoop } from "@/services/worker/load-test-loop";
import { JOBS } from "@/services/worker/jobs";
import { runLeadListLoop } from "@/services/worker/lead-list-loop";
import { runJobs } from "@/services/worker/run-jobs";
import { watchTargets } from "@/services/worker/watch-targets";

/** Starts everything a worker does; `stop` finishes what is under way and resolves. */
export function runWorker(log: Logger): { stop(): Promise<void> } {
  const deps: ReconcileDeps = { targetOf, resolveSecrets, measureCanary, now: () => new Date() };
  const owner = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const loop = new ReconcileLoop({ pool: pool(), owner, deps, log });
  loop.start();
  const watch = watchTargets(pool(), log, { onDue: () => loop.wake(), onChanged: (ids) => loop.changed(ids) });
  const listener = listen(["slipway_work", "slipway_targets"], {
    onNotify: (channel, id) => (channel === "slipway_targets" ? watch.reread() : loop.wake(id)),
    onConnect: () => { watch.reread(); loop.wake(); },
  });
  const jobs = runJobs(JOBS, pool(), log);
  const imports = runImportLoop(owner, log);
  const leadLists = runLeadListLoop(owner, log);
  const beat = keepBeating("worker", log);
  const deliveries = runDeliveryLoop(log);
  const drills = runDrillLoop(log);
  const loadTests = runLoadTestLoop(owner, log);
  return {
    async stop() {
      await Promise.all([listener.stop(), watch.stop(), jobs.stop(), loop.stop(), imports.stop(), leadLists.stop(), deliveries.stop(), drills.stop(), loadTests.stop()]);
      await beat.stop();
    },
  };
}
