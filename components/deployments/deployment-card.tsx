import { PhaseStatus } from "@/components/deployments/phase-status";
import { RelativeTime } from "@/components/ui/relative-time";
import type { DeploymentRowDto } from "@/lib/deployments/schema";

/** A deployment in the list of a small screen. */
export function DeploymentCard({ deployment: d, nowMs }: { deployment: DeploymentRowDto; nowMs: number }) {
  return (
    <span className="grid gap-1">
      <span className="flex items-center justify-between gap-3"><span className="min-w-0 truncate font-medium">{d.name}</span><PhaseStatus phase={d.phase} size="sm" /></span>
      <span className="flex flex-wrap gap-x-3 text-sm text-ink-muted">
        <span>{d.model} <span className="figure">v{d.version}</span></span><span>{d.environment}</span><span><span className="figure">{d.replicas.ready}/{d.replicas.wanted}</span> serving</span><span><RelativeTime time={d.createdAt} nowMs={nowMs} /></span>
      </span>
    </span>
  );
}
