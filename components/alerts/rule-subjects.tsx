"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { AlertPhase } from "@/components/alerts/alert-phase";
import { valueWords } from "@/components/alerts/value-words";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { deploymentHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import type { RuleDto } from "@/lib/alerts/schema";
import { thresholdOf } from "@/lib/alerts/threshold";

/** Where a rule stands with each deployment or environment, as of its last evaluation. */
export function RuleSubjects({ rule: first, nowMs }: { rule: RuleDto; nowMs: number }) {
  const { data: rule = first } = useQuery({ queryKey: [...keys.alertRules(first.project), first.id], queryFn: ({ signal }) => fetchJson<RuleDto>(`/api/v1/projects/${first.project}/alert-rules/${first.id}`, { signal }), initialData: first, initialDataUpdatedAt: nowMs, refetchInterval: 15_000 });
  const { unit } = thresholdOf(rule.condition);
  const worst = { firing: 0, pending: 1, ok: 2 };
  return (
    <Panel flush title="Where it stands" description={rule.evaluatedAt ? undefined : "It is evaluated within 30 seconds."}>
      {rule.standings.length === 0 ? <p className="border-t border-line px-4 py-3 text-ink-muted">{!rule.enabled ? "It is turned off." : rule.evaluatedAt === null ? "Not evaluated yet." : "There is nothing that it could watch: no running deployment, or no environment with a budget."}</p> : (
        <ul className="divide-y divide-line border-t border-line">
          {[...rule.standings].sort((a, b) => worst[a.phase] - worst[b.phase] || a.subject.localeCompare(b.subject)).map((s) => (
            <li key={s.subject} className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-start gap-x-4 gap-y-0.5 px-4 py-2 sm:grid-cols-[6.5rem_minmax(0,1fr)_auto]">
              {s.noData !== null && s.phase === "ok" ? <span className="text-sm text-ink-faint">No data</span> : <AlertPhase standing={s.phase === "firing" ? rule.severity : s.phase} />}
              <span className="grid min-w-0"><span className="font-medium">{rule.condition.kind === "budget" ? s.subject : <Link href={deploymentHref(rule.project, s.subject)} className="link">{s.subject}</Link>}</span><span className="text-sm text-ink-muted wrap-anywhere">{s.noData ?? s.text}</span></span>
              <span className="text-sm text-ink-muted max-sm:col-start-2">{s.noData === null && s.value !== null ? <span className="figure mr-3 text-ink">{valueWords(s.value, unit)}</span> : null}{s.phase === "ok" ? null : <>since <RelativeTime time={s.since} nowMs={nowMs} /></>}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
