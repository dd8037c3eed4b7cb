import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { deploymentHref } from "@/lib/api-client/hrefs";
import { diagnose } from "@/lib/deployments/diagnose";
import type { DeploymentDto } from "@/lib/deployments/schema";

/** What went wrong in the runtime's own words, what goes on serving, and what to do. Nothing where all is well. */
export function TroubleNotice({ project, deployment: d }: { project: string; deployment: DeploymentDto }) {
  const { lastError, advice } = diagnose(d);
  if (advice.length === 0 || d.desiredState !== "running") return null;
  const keeps = d.phase === "Failed" && d.status.stableRevision !== null && d.status.stableRevision !== d.status.desiredRevision ? d.status.stableRevision : null;
  const words = lastError?.message ?? (keeps === null ? d.status.message : d.status.message.replace(` Revision ${keeps} goes on serving.`, ""));
  const base = deploymentHref(project, d.slug);
  const title = d.phase === "Failed" ? (keeps === null ? `Revision ${d.status.desiredRevision} could not be started` : `Revision ${d.status.desiredRevision} could not be started; revision ${keeps} goes on serving`) : d.phase === "Degraded" ? "Part of it does not serve" : "Something is in the way";
  return (
    <Notice state={d.phase === "Failed" ? "failed" : "warning"} title={title} actions={<><Link href={`${base}/logs`} className="link">Logs and events</Link><Link href={`${base}/revisions`} className="link">Revisions</Link></>}>
      <div className="grid gap-2">
        <pre className="rounded-md border border-line bg-surface px-3 py-2 font-mono text-xs whitespace-pre-wrap text-ink wrap-anywhere">{words}</pre>
        {advice.map((a) => <p key={a.code}>{a.text}</p>)}
      </div>
    </Notice>
  );
}
