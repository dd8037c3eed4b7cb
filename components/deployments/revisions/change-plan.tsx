"use client";
import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { useState, type ReactNode } from "react";
import { fieldValue, fieldWord } from "@/components/deployments/revisions/field-words";
import { ObjectDiffs } from "@/components/deployments/revisions/object-diffs";
import { revisionsKey } from "@/components/deployments/revisions/revision-keys";
import { asProblem } from "@/components/form/as-problem";
import { Notice } from "@/components/ui/notice";
import { SkeletonText } from "@/components/ui/skeleton";
import { fetchJson } from "@/lib/api-client/fetch-json";
import type { Planned } from "@/lib/deployments/plan-change";
import { formatMoneyPerMonth } from "@/lib/format/money";

type Change = { rollback: { revision: number } } | { update: object };
type Props = { project: string; slug: string; change: Change };

/** What a change would do, before it is asked for: its fields, what that means in replicas and money, and what the target would change. */
export function ChangePlan({ project, slug, change }: Props) {
  const plan = useQuery({
    queryKey: [...revisionsKey(project, slug), "plan", change], staleTime: 10_000, retry: false,
    queryFn: ({ signal }) => fetchJson<Planned>(`/api/v1/projects/${project}/deployments/${slug}/plan`, { body: change, signal }),
  });
  if (plan.isError) return <Notice state="failed" title="This change would be refused">{asProblem(plan.error).detail}</Notice>;
  if (!plan.data) return <div role="status" aria-label="Loading"><SkeletonText lines={5} /></div>;
  const { changes, impact, target } = plan.data;
  const month = ({ monthlyUsd: m }: Planned["impact"]["from"]) => (m === null ? "unknown" : m.min === m.max ? formatMoneyPerMonth(m.min) : `${formatMoneyPerMonth(m.min)} to ${formatMoneyPerMonth(m.max)}`);
  const count = ({ replicas: r }: Planned["impact"]["from"]) => (r.min === r.max ? String(r.min) : `${r.min} to ${r.max}`);
  const short = (digest: string) => fieldValue("digest", digest);
  const sides = (label: string, of: (side: Planned["impact"]["from"]) => string) => ({ key: label, label, from: of(impact.from), to: of(impact.to) });
  const told = new Set(["pricePerHour", "digest", "profile"]);
  return (
    <div className="grid gap-4 text-ink">
      <Rows title="What changes" empty="Nothing that a replica is made of" rows={changes.filter((c) => !told.has(c.field)).map((c) => ({ key: c.field, label: fieldWord(c.field), from: fieldValue(c.field, c.from), to: fieldValue(c.field, c.to) }))} />
      <Rows title="What that means" rows={[sides("Image", (s) => s.image ?? "the runtime's own"), sides("Files' digest", (s) => short(s.digest)), sides("Profile", (s) => s.profile), sides("Replicas", count), sides("A month", month)]} />
      <div className="grid gap-1.5">
        <h3 className="text-sm font-medium">On the target</h3>
        {target.notKnown !== null ? <Notice state="warning" title="The target did not say what it would change">{target.notKnown}</Notice>
          : target.objects !== null ? <ObjectDiffs objects={target.objects} />
          : <p className="text-sm text-ink-muted">{target.changes.length === 0 ? "Nothing differs from what it holds." : `${target.changes.length} ${target.changes.length === 1 ? "value differs" : "values differ"} from what the gateway holds.`}</p>}
      </div>
    </div>
  );
}

/** The same, asked for on demand. */
export function PlanDisclosure(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details className="rounded-md border border-line px-3 py-2" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary className="cursor-pointer text-sm font-medium text-ink">What this would change</summary>
      {open ? <div className="pt-3 pb-1"><ChangePlan {...props} /></div> : null}
    </details>
  );
}

type Row = { key: string; label: ReactNode; from: string; to: string };

function Rows({ title, rows, empty }: { title: string; rows: Row[]; empty?: string }) {
  return (
    <div className="grid gap-1.5">
      <h3 className="text-sm font-medium">{title}</h3>
      {rows.length === 0 ? <p className="text-sm text-ink-muted">{empty}</p> : (
        <dl className="grid divide-y divide-line rounded-md border border-line text-sm">
          {rows.map((r) => (
            <div key={r.key} className="grid gap-x-4 gap-y-0.5 px-3 py-1.5 sm:grid-cols-[9rem_minmax(0,1fr)]">
              <dt className="text-ink-muted">{r.label}</dt>
              <dd className="flex min-w-0 flex-wrap items-center gap-x-2 font-mono">
                {r.from === r.to ? <span className="break-all text-ink-muted">{r.to}, the same</span> : <><span className="min-w-0 break-all text-ink-muted">{r.from}</span><ArrowRight aria-label="becomes" role="img" className="size-3.5 shrink-0 text-ink-faint" /><span className="min-w-0 break-all font-medium">{r.to}</span></>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
