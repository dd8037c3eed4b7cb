"use client";
import { useMemo, useState } from "react";
import { ComparisonSheet } from "@/components/deploy/comparison-sheet";
import { AVAILABILITY, type Traffic } from "@/components/deploy/traffic";
import { type ComparedItem, useComparison } from "@/components/deploy/use-forecast";
import { fitLook } from "@/components/profiles/fit-look";
import { HourPrice } from "@/components/profiles/profile-price";
import { CAPACITY_SHORT } from "@/components/profiles/profile-words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { Status } from "@/components/ui/status";
import { tableColumns } from "@/components/ui/table-columns";
import { formatDurationMs } from "@/lib/format/duration";
import { formatMoney, formatMoneyPerMonth } from "@/lib/format/money";
import type { Profile } from "@/lib/profiles/schema";

type Row = ComparedItem & { profile: Profile };
type Props = { project: string; model: string; version: number; /** Left out: of every target. */ target?: string; profiles: readonly Profile[]; scaling: { min: number; max: number; idleSecondsBeforeZero?: number }; /** Measured on the target; null: not. */ startSeconds?: number | null; traffic: Traffic; chosen?: string; onChoose?: (profile: string) => void };
const c = tableColumns<Row>();
/** Before the rest is asked for: the cheapest are what one looks for. */
const FIRST = 10;
const faint = (text: string) => <span className="font-sans text-ink-faint">{text}</span>;

/** Every profile the model fits with its month, its risk and the latency to expect; the cheapest that does what is wanted first. */
export function ProfileComparison({ project, model, version, target, profiles, scaling, startSeconds = null, traffic, chosen, onChoose }: Props) {
  const [all, setAll] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const answer = useComparison({ project, model, version, target, scaling, startSeconds, traffic });
  const bySlug = useMemo(() => new Map(profiles.map((p) => [p.slug, p])), [profiles]);
  const rows = useMemo(() => (answer.data?.items ?? []).flatMap((item): Row[] => {
    const profile = bySlug.get(item.forecast.profile);
    return profile ? [{ ...item, profile }] : [];
  }), [answer.data, bySlug]);
  const columns = useMemo(() => c.columns([
    c.accessor((r) => r.profile.slug, { id: "profile", header: "Profile", cell: (x) => <Name r={x.row.original} chosen={chosen} onChoose={onChoose} /> }),
    c.accessor((r) => CAPACITY_SHORT[r.profile.capacityType], { id: "capacity", header: "Capacity", meta: { hideSmall: true }, cell: (x) => <span>{x.getValue()}{x.row.original.profile.spot ? <span className="block text-xs whitespace-nowrap text-ink-muted">{x.row.original.profile.spot.band} interrupted</span> : null}</span> }),
    c.accessor((r) => r.profile.price?.value ?? Infinity, { id: "price", header: "Price", meta: { numeric: true, hideSmall: true }, cell: (x) => (x.row.original.profile.price ? <HourPrice price={x.row.original.profile.price} /> : faint("no price")) }),
    c.accessor((r) => r.expectedP95Seconds ?? Infinity, { id: "p95", header: "Expected p95", meta: { numeric: true }, cell: (x) => <P95 r={x.row.original} /> }),
    c.accessor((r) => r.forecast.likely.per1000Predictions ?? Infinity, { id: "per1000", header: "Per 1,000", meta: { numeric: true, hideSmall: true }, cell: (x) => <span className="figure">{formatMoney(x.row.original.forecast.likely.per1000Predictions, "–")}</span> }),
    c.accessor((r) => r.forecast.likely.monthly ?? Infinity, { id: "monthly", header: "A month", meta: { numeric: true }, cell: (x) => <Month r={x.row.original} onShow={() => setShown(x.row.original.profile.slug)} /> }),
  ]), [chosen, onChoose]);
  const good = rows.filter((r) => r.keepsUp && r.meetsLatency !== false).length;
  return (
    <Panel title="Profiles compared" flush description={rows.length === 0 ? "Every profile the model fits" : `${good} of ${rows.length} that it fits ${traffic.limitSeconds ? "keep up and meet the wanted p95" : "keep up with this traffic"}; cheapest first`}>
      {answer.isError && !answer.data ? <ErrorState className="py-6!" title="The comparison could not be made" reason={answer.error.message} onRetry={() => void answer.refetch()} />
        : !answer.data ? <div role="status" aria-label="Loading" className="p-4"><Skeleton className="h-40" /></div>
        : rows.length === 0 ? <p className="border-t border-line px-4 py-6 text-center text-sm text-ink-muted">It fits no profile {target ? "of this target" : "on file"} for certain.</p>
        : (
          <div className="border-t border-line">
            <DataTable label="Profiles compared" columns={columns} data={rows} most={all ? undefined : FIRST} getRowId={(r) => r.profile.slug} />
            {rows.length > FIRST ? <div className="border-t border-line px-4 py-2"><Button type="button" size="sm" variant="ghost" className="-ml-2" aria-expanded={all} onClick={() => setAll(!all)}>{all ? `Show the first ${FIRST}` : `Show all ${rows.length}`}</Button></div> : null}
            <ComparisonSheet row={rows.find((r) => r.profile.slug === shown) ?? null} replicas={scaling.max} availability={traffic.availability ?? AVAILABILITY} onClose={() => setShown(null)} />
            <p className="border-t border-line px-4 py-3 text-xs text-ink-muted">
              p95 is reckoned for the busiest hour: waiting + compute time. {rows.some((r) => r.secondsPerRequest.basis === "measured") ? "Where the model ran, that is the p95 measured there; elsewhere " : "Everywhere "}it is as if each request took exactly the {formatDurationMs(traffic.seconds * 1000)} above, on whatever hardware.
            </p>
          </div>
        )}
    </Panel>
  );
}

function Name({ r, chosen, onChoose }: { r: Row; chosen?: string; onChoose?: (profile: string) => void }) {
  const is = r.profile.slug === chosen;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {onChoose && !is ? <Button type="button" size="sm" variant="ghost" data-row-link className="-ml-2 h-auto! min-h-6 min-w-0 shrink! text-left font-mono whitespace-normal! wrap-anywhere" aria-label={`Choose ${r.profile.slug}`} onClick={() => onChoose(r.profile.slug)}>{r.profile.slug}</Button> : <span className="font-mono text-sm font-medium">{r.profile.slug}</span>}
      {is ? <Badge tone="accent">chosen</Badge> : null}
      {r.fit && r.fit.verdict !== "fits" ? <Status state={fitLook(r.fit.verdict).state} size="sm">{fitLook(r.fit.verdict).word}</Status> : null}
      {r.keepsUp ? null : <Badge tone="warning">too few replicas</Badge>}
    </span>
  );
}

function P95({ r }: { r: Row }) {
  if (r.expectedP95Seconds === null) return faint("queue grows");
  return <span className="inline-grid justify-items-end"><span className={`figure ${r.meetsLatency === false ? "text-warning" : ""}`}>{formatDurationMs(r.expectedP95Seconds * 1000)}{r.meetsLatency === false ? <span className="sr-only"> (more than wanted)</span> : null}</span>{r.secondsPerRequest.basis === "measured" ? <span className="text-xs whitespace-nowrap text-ink-muted">measured there</span> : r.meetsLatency === false ? <span className="text-xs text-ink-muted">over the limit</span> : null}</span>;
}

function Month({ r: { forecast: f, profile }, onShow }: { r: Row; onShow: () => void }) {
  if (f.likely.monthly === null) return faint("no price");
  return <button type="button" onClick={onShow} aria-haspopup="dialog" className="-mx-1.5 inline-grid cursor-pointer justify-items-end rounded-sm px-1.5 hover:bg-sunken"><span className="figure font-medium underline decoration-line-strong decoration-dotted underline-offset-4">{formatMoneyPerMonth(f.likely.monthly)}</span>{f.low.monthly === f.high.monthly ? null : <span className="figure text-xs whitespace-nowrap text-ink-muted">{formatMoneyPerMonth(f.low.monthly).replace("/mo", "")} to {formatMoneyPerMonth(f.high.monthly).replace("/mo", "")}</span>}<span className="sr-only"> on {profile.slug}: how it is worked out</span></button>;
}
