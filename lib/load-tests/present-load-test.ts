import { atTarget } from "@/lib/load-tests/at-target";
import { kneeOf } from "@/lib/load-tests/knee";
import type { LatencyTarget, LoadPlan, LoadProgress, LoadStep, LoadSubject, LoadTestDto } from "@/lib/load-tests/schema";

type Row = {
  id: string; revision: number; state: string; plan: unknown; subject: unknown; progress: unknown; steps: unknown; error: string | null;
  createdAt: Date; createdBy: string; startedAt: Date | null; finishedAt: Date | null; deployment: { slug: string };
};

export function presentLoadTest(row: Row, target: LatencyTarget): LoadTestDto {
  const steps = row.steps as LoadStep[];
  return {
    id: row.id, deployment: row.deployment.slug, revision: row.revision, state: row.state as LoadTestDto["state"], plan: row.plan as LoadPlan, subject: row.subject as LoadSubject,
    progress: row.state === "running" ? (row.progress as LoadProgress | null) : null, steps, knee: kneeOf(steps), atTarget: target.targetMs === undefined ? null : atTarget(steps, { percentile: target.percentile, targetMs: target.targetMs }),
    error: row.error, createdAt: row.createdAt.toISOString(), createdBy: row.createdBy, startedAt: row.startedAt?.toISOString() ?? null, finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
