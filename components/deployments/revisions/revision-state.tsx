import { Status } from "@/components/ui/status";
import type { DeploymentDto, RevisionDto } from "@/lib/deployments/schema";

/** What a revision does now: its share of the traffic and its ready replicas, or that it is past. */
export function RevisionState({ revision, status }: { revision: RevisionDto; status: DeploymentDto["status"] }) {
  const now = status.revisions.find((r) => r.n === revision.revision);
  const desired = status.desiredRevision === revision.revision;
  const serving = status.stableRevision === revision.revision;
  if (!now || (!desired && !serving && now.ready === 0)) return <span className="text-sm text-ink-muted">Past</span>;
  const share = `${Math.round(now.weight)} % · ${now.ready}/${now.wanted} ready`;
  const [state, word] = now.ready > 0 && now.weight > 0 ? (["ready", "Serving"] as const) : now.lastError ? (["failed", "Failing"] as const) : now.wanted > 0 ? (["progressing", "Starting"] as const) : (["stopped", "Stopped"] as const);
  return <span className="inline-flex flex-wrap items-center gap-x-2"><Status state={state} size="sm">{word}</Status><span className="figure text-xs text-ink-muted">{share}</span></span>;
}
