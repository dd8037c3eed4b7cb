import { evaluateRules } from "@/lib/alerts/evaluate-rules";
import { noteThresholds } from "@/lib/budgets/note-thresholds";
import { collectClusterUse } from "@/lib/costs/cluster-use/collect-cluster-use";
import { collectCosts } from "@/lib/costs/sources/collect-costs";
import { applyEnvironmentRules } from "@/lib/environments/rules/apply-rules";
import { sendContactNotices } from "@/lib/notices/send-contact-notices";
import { sendNotices } from "@/lib/notices/send-notices";
import { rescoreLeads } from "@/lib/leads/rescore-leads";
import { rollUp } from "@/lib/observability/rollup";
import { refreshDuePrices } from "@/lib/prices/refresh-prices";
import type { Job } from "@/services/worker/job";
import { beside } from "@/services/worker/beside";
import { removeOrphans } from "@/services/worker/remove-orphans";
import { keepPartitions, sweep } from "@/services/worker/sweep";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const readPrices = beside(refreshDuePrices, "prices could not be read; it is tried again");
const collectBills = beside(collectCosts, "costs could not be collected; it is tried again");
const collectUse = beside(collectClusterUse, "use of deployments on clusters could not be read; it is tried again");

/** Every periodic job of the worker. */
export const JOBS: readonly Job[] = [
  { name: "partitions", everyMs: 30 * MINUTE, run: ({ pool, now }) => keepPartitions(pool, now) },
  { name: "roll-up", everyMs: 15 * SECOND, run: async ({ pool, now }) => void (await rollUp(pool, now)) },
  { name: "orphans", everyMs: 20 * SECOND, run: ({ log }) => removeOrphans(log) },
  { name: "budgets", everyMs: MINUTE, run: async ({ now }) => void (await noteThresholds(now)) },
  // More often than its period of 30 s, of which each rule takes every one once.
  { name: "alerts", everyMs: 5 * SECOND, run: async ({ now, log }) => void (await evaluateRules(now, log)) },
  { name: "notices", everyMs: 15 * SECOND, run: async ({ now, log }) => void (await sendNotices(now, log)) },
  { name: "prices", everyMs: 5 * MINUTE, run: async ({ now, log }) => readPrices(now, log) },
  { name: "costs", everyMs: MINUTE, run: async ({ now, log }) => collectBills(now, log) },
  { name: "use on clusters", everyMs: 15 * MINUTE, run: async ({ now, log }) => collectUse(now, log) },
  { name: "environment rules", everyMs: MINUTE, run: async ({ now, log }) => void (await applyEnvironmentRules(now, log)) },
  { name: "contact notices", everyMs: 15 * SECOND, run: async ({ now, log }) => void (await sendContactNotices(now, log)) },
  { name: "lead scores", everyMs: MINUTE, run: async ({ now }) => void (await rescoreLeads(now)) },
  { name: "sweep", everyMs: 10 * MINUTE, run: ({ now, log }) => sweep(now, log) },
];
