import { db } from "@/lib/db/client";
import type { LoadStep } from "@/lib/load-tests/schema";

/** Predictions of a window that load tests asked for: of their steps that began in it. Warm-ups and a step that was cut off are not counted anywhere. */
export async function predictionsOfTests(deploymentId: string, from: Date, to: Date): Promise<number> {
  const tests = await db().loadTest.findMany({ where: { deploymentId, startedAt: { lt: to }, OR: [{ finishedAt: null }, { finishedAt: { gt: from } }] }, select: { steps: true } });
  return tests.flatMap((t) => t.steps as LoadStep[]).reduce((sum, s) => (Date.parse(s.startedAt) >= from.getTime() && Date.parse(s.startedAt) < to.getTime() ? sum + s.answered : sum), 0);
}
