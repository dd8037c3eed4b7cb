"use client";
import { useQuery } from "@tanstack/react-query";
import { CloudCog } from "lucide-react";
import { useState } from "react";
import { groupSpot } from "@/components/profiles/group-spot";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { tableColumns } from "@/components/ui/table-columns";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { Extrapolation } from "@/lib/costs/extrapolate";
import { formatMoney, formatMoneyPerHour } from "@/lib/format/money";
import { formatCount } from "@/lib/format/number";

type Row = Extrapolation["rows"][number] & { withFallback: string | null };
const FIRST_ROWS = 8;
const NO_PRICE = "no price on file";
const acceleratorWords = ({ accelerator: a }: Row) => (a ? `${a.count} × ${a.name}` : "CPU only");
const ageWords = (days: number) => (days === 0 ? "today" : days === 1 ? "1 day old" : `${days} days old`);
const Source = ({ row }: { row: Row }) => (row.price ? <span className="text-xs text-ink-faint" title={row.price.note}>{row.price.source}, {ageWords(row.price.ageDays)}</span> : null);
const spotWords = (row: Row) => (row.spot ? `${row.spot.band}${row.withFallback ? ", fallback possible" : ""}` : row.capacityType === "on-demand" ? "on-demand" : "unknown");

const c = tableColumns<Row>();
const columns = c.columns([
  c.accessor("name", { header: "Profile", cell: ({ row }) => <span className="grid"><span className="font-medium">{row.original.name}</span><span className="text-xs text-ink-faint">{row.original.fit === "tight" ? "fits tightly" : "fits"}</span></span> }),
  c.display({ id: "accelerator", header: "Accelerator", cell: ({ row }) => acceleratorWords(row.original) }),
  c.display({ id: "price", header: "Price", meta: { numeric: true }, cell: ({ row }) => <span className="grid justify-items-end"><span className="figure">{formatMoneyPerHour(row.original.price?.value, NO_PRICE)}</span><Source row={row.original} /></span> }),
  c.display({ id: "spot", header: "Interruptions", meta: { numeric: true }, cell: ({ row }) => <span className="text-ink-muted">{spotWords(row.original)}</span> }),
  c.accessor("requestsPerHour", { header: "Requests/h", meta: { numeric: true }, cell: ({ getValue }) => <span className="figure">{formatCount(getValue())}</span> }),
  c.accessor("per1000Predictions", { header: "Per 1,000", meta: { numeric: true }, cell: ({ getValue }) => <span className="figure font-medium">{formatMoney(getValue(), NO_PRICE)}</span> }),
]);

const Card = (row: Row) => (
  <div className="grid gap-1">
    <div className="flex justify-between gap-3"><span className="font-medium">{row.name}</span><span className="figure">{formatMoney(row.per1000Predictions, NO_PRICE)}</span></div>
    <div className="flex justify-between gap-3 text-sm text-ink-muted"><span>{acceleratorWords(row)}, {spotWords(row)}</span><span>per 1,000</span></div>
    <div className="text-sm text-ink-muted">{formatMoneyPerHour(row.price?.value, NO_PRICE)}, {formatCount(row.requestsPerHour)} requests/h</div>
    <Source row={row} />
  </div>
);

/** "And on AWS?": what the milliseconds measured here would cost there. An extrapolation, and labelled as one. */
export function OnAws({ project, deployment }: { project: string; deployment: string }) {
  const [all, setAll] = useState(false);
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: [...keys.deployment(project, deployment), "on-aws"],
    queryFn: ({ signal }) => fetchJson<{ extrapolation: Extrapolation | null }>(`/api/v1/projects/${project}/deployments/${deployment}/on-aws`, { signal }),
    // Measures are written some seconds after an answer: until there are any, it asks again.
    refetchInterval: (q) => (q.state.data && !q.state.data.extrapolation ? 5_000 : false),
  });
  const found = data?.extrapolation;
  const rows = groupSpot(found?.rows ?? [], (r) => r.profile);
  return (
    <Panel title={<span className="flex items-center gap-2">And on AWS?<Badge>Extrapolation</Badge></span>} description="What the compute measured here would cost on each profile that fits, cheapest first." flush className="overflow-hidden">
      {error && !data ? <ErrorState title="The extrapolation could not be made" reason={error.message} onRetry={() => void refetch()} retrying={isFetching} />
        : data && !found ? <EmptyState headingLevel={3} icon={<CloudCog />} title="Nothing measured yet">Send a request: its compute time is what this is worked out from. Measures arrive within about ten seconds.</EmptyState>
          : (
            <>
              <div className="border-t border-line"><DataTable label="Cost on AWS profiles" columns={columns} data={all ? rows : rows.slice(0, FIRST_ROWS)} getRowId={(r) => r.profile} sortable={false} loading={!data} card={Card} empty={<p className="px-4 py-3 text-ink-muted">No AWS profile is known to fit this model.</p>} /></div>
              {rows.length > FIRST_ROWS ? <div className="border-t border-line px-4 py-2"><Button size="sm" variant="ghost" onClick={() => setAll(!all)}>{all ? "Show the cheapest only" : `Show all ${rows.length} profiles`}</Button></div> : null}
              {found ? (
                <div className="grid gap-1 border-t border-line bg-sunken px-4 py-3 text-sm text-ink-muted">
                  <h3 className="font-medium text-ink">What this assumes</h3>
                  <ul className="grid list-disc gap-1 pl-4">{found.assumptions.map((a) => <li key={a}>{a}</li>)}</ul>
                  <p>Left out: {found.leftOut.doesNotFit} that do not fit, {found.leftOut.fitUnknown} whose fit is unknown, {found.leftOut.fewerCores} with fewer cores than measured on.</p>
                </div>
              ) : null}
            </>
          )}
    </Panel>
  );
}
