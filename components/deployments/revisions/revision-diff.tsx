"use client";
import { ArrowRight } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { asProblem } from "@/components/form/as-problem";
import { fieldValue, fieldWord } from "@/components/deployments/revisions/field-words";
import { revisionsKey } from "@/components/deployments/revisions/revision-keys";
import { useCatalogue } from "@/components/profiles/use-catalogue";
import { Notice } from "@/components/ui/notice";
import { SkeletonText } from "@/components/ui/skeleton";
import { fetchJson } from "@/lib/api-client/fetch-json";
import type { RevisionDto } from "@/lib/deployments/schema";
import { formatMib } from "@/lib/format/bytes";
import { formatMoneyPerHour } from "@/lib/format/money";

type Diff = { from: RevisionDto; to: RevisionDto; changes: { field: string; from: unknown; to: unknown }[] };

/** What differs on the way from one revision to another, with what that does to price and memory of a replica. */
export function RevisionDiff({ project, slug, from, to }: { project: string; slug: string; from: number; to: number }) {
  const diff = useQuery({
    queryKey: [...revisionsKey(project, slug), "diff", from, to], staleTime: Infinity,
    queryFn: ({ signal }) => fetchJson<Diff>(`/api/v1/projects/${project}/deployments/${slug}/revisions/${to}/diff?against=${from}`, { signal }),
  });
  const catalogue = useCatalogue();
  if (diff.isError) return <Notice state="failed" title="Could not read what differs">{asProblem(diff.error).detail}</Notice>;
  if (!diff.data) return <div role="status" aria-label="Loading"><SkeletonText lines={3} /></div>;
  const memoryOf = (r: RevisionDto) => formatMib(catalogue.data?.find((p) => p.slug === r.profile)?.memoryMib);
  const changes = diff.data.changes.filter((c) => c.field !== "pricePerHour");
  const rows = [
    ...changes.map((c) => ({ key: c.field, label: fieldWord(c.field), from: fieldValue(c.field, c.from), to: fieldValue(c.field, c.to) })),
    { key: "price", label: "Price per replica", from: formatMoneyPerHour(diff.data.from.pricePerHour), to: formatMoneyPerHour(diff.data.to.pricePerHour) },
    { key: "memory", label: "Memory per replica", from: memoryOf(diff.data.from), to: memoryOf(diff.data.to) },
  ];
  return (
    <div className="grid gap-2">
      {changes.length === 0 ? <p className="text-ink-muted">Nothing differs but the number.</p> : null}
      <dl className="grid divide-y divide-line rounded-md border border-line text-sm">
        {rows.map((r) => (
          <div key={r.key} className="grid gap-x-4 gap-y-0.5 px-3 py-2 sm:grid-cols-[9rem_minmax(0,1fr)]">
            <dt className="text-ink-muted">{r.label}</dt>
            <dd className="flex min-w-0 flex-wrap items-center gap-x-2 font-mono text-ink">
              {r.from === r.to ? <span className="text-ink-muted">{r.to}, the same</span> : (
                <><span className="min-w-0 break-all text-ink-muted">{r.from}</span><ArrowRight aria-label="becomes" role="img" className="size-3.5 shrink-0 text-ink-faint" /><span className="min-w-0 break-all font-medium">{r.to}</span></>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
