import { BellRing, CircleCheck, CircleDollarSign, CloudUpload, CircleX, ShieldAlert, TriangleAlert, UserCheck, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { alertsHref, deploymentHref, modelHref, modelsHref } from "@/lib/api-client/hrefs";
import type { Attention } from "@/lib/overview/schema";

type Look = { icon: LucideIcon; tone: string; word: string; href: (a: Attention) => string };
const looks: Record<Attention["kind"], Look> = {
  alert: { icon: BellRing, tone: "text-failed", word: "Alert", href: (a) => alertsHref({ project: a.project }) },
  failed: { icon: CircleX, tone: "text-failed", word: "Failed", href: (a) => deploymentHref(a.project, a.subject) },
  degraded: { icon: TriangleAlert, tone: "text-warning", word: "Degraded", href: (a) => deploymentHref(a.project, a.subject) },
  quarantined: { icon: ShieldAlert, tone: "text-warning", word: "To approve", href: (a) => modelHref(a.project, a.subject) },
  approval: { icon: UserCheck, tone: "text-warning", word: "To approve", href: () => "/app/approvals" },
  budget: { icon: CircleDollarSign, tone: "text-warning", word: "Budget", href: (a) => `/app/${a.project}/costs` },
  upload: { icon: CloudUpload, tone: "text-progressing", word: "Upload", href: (a) => modelsHref(a.project) },
};

/** What waits for somebody, worst first, each leading to where it is dealt with. */
export function AttentionList({ items, nowMs }: { items: Attention[]; nowMs: number }) {
  return (
    <Panel title="Needs attention" flush>
      {items.length === 0 ? (
        <p className="flex items-center gap-2 border-t border-line px-4 py-4 text-ink-muted"><CircleCheck aria-hidden className="size-4 text-ready" />Nothing needs you.</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {items.map((a) => {
            const look = looks[a.kind];
            return (
              <li key={`${a.kind} ${a.project} ${a.subject} ${a.since} ${a.message}`}>
                <Link href={look.href(a)} className="flex gap-3 px-4 py-2.5 transition-colors hover:bg-hover focus-visible:-outline-offset-2">
                  <look.icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${look.tone}`} />
                  <span className="grid min-w-0 flex-1 gap-0.5">
                    <span className="flex flex-wrap items-baseline gap-x-2"><span className={`font-medium ${look.tone}`}>{look.word}</span><span className="min-w-0 font-medium wrap-anywhere">{a.subject}</span><span className="text-sm text-ink-faint">{a.project}</span></span>
                    <span className="text-sm text-ink-muted wrap-anywhere">{a.message}</span>
                  </span>
                  {a.since ? <span className="shrink-0 text-sm text-ink-faint"><RelativeTime time={a.since} nowMs={nowMs} /></span> : null}
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
