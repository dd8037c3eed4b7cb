import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { deploymentHref, modelHref } from "@/lib/api-client/hrefs";
import type { Activity } from "@/lib/overview/schema";

/** What happened lately, newest first. */
export function ActivityList({ items, nowMs, auditHref }: { items: Activity[]; nowMs: number; auditHref: string | null }) {
  return (
    <Panel title="Recent activity" flush actions={auditHref ? <Link className="link text-sm" href={auditHref}>Audit log</Link> : undefined}>
      {items.length === 0 ? <p className="border-t border-line px-4 py-4 text-ink-muted">Nothing has happened yet.</p> : (
        <ol className="divide-y divide-line border-t border-line">
          {items.map((a) => (
            <li key={a.key} className="flex gap-3 px-4 py-2 text-sm">
              <span className={`min-w-0 flex-1 wrap-anywhere ${a.warning ? "text-warning" : "text-ink-muted"}`}>
                {a.by ? <><span className="font-medium text-ink">{a.by}</span> {a.message} <Subject of={a} /></> : <><Subject of={a} />: {a.message}</>}
                {a.project && a.kind !== "project" ? <span className="text-ink-faint"> in {a.project}</span> : null}
              </span>
              <span className="shrink-0 text-ink-faint"><RelativeTime time={a.at} nowMs={nowMs} /></span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Subject({ of: a }: { of: Activity }) {
  const href = a.project === null ? null : a.kind === "deployment" ? deploymentHref(a.project, a.subject) : a.kind === "model" ? modelHref(a.project, a.subject) : null;
  return href ? <Link href={href} className="font-medium text-ink underline-offset-3 hover:underline">{a.subject}</Link> : <span className="font-medium text-ink">{a.subject}</span>;
}
