"use client";
import Link from "next/link";
import { useMemo, type ReactNode } from "react";
import { ofPart } from "@/components/costs/known-words";
import { Badge } from "@/components/ui/badge";
import { DataTable } from "@/components/ui/data-table";
import { tableColumns } from "@/components/ui/table-columns";
import { deploymentHref } from "@/lib/api-client/hrefs";
import type { CostGroupDto, CostGrouping } from "@/lib/costs/summary/schema";
import { formatMoney } from "@/lib/format/money";
import { formatCount, formatPercent } from "@/lib/format/number";
import { changeOf } from "./cost-figures";
import type { CostView } from "./cost-query";
import { formatReplicaHours } from "./replica-hours";

const c = tableColumns<CostGroupDto>();
const unknown = (text: string) => <span className="font-sans text-ink-faint">{text}</span>;
const money = (usd: number | null, without: string) => (usd === null ? unknown(without) : formatMoney(usd));
export const groupWords: Record<CostGrouping, string> = { deployment: "Deployment", model: "Model", profile: "Profile", project: "Project", day: "Day" };
/** A figure of use; where it is only known of a part, that part's, and under it how much of the cost that is. */
function OfPart({ figure, part, g, inLine = false }: { figure: ReactNode; part: { total: number | null } | null; g: CostGroupDto; inLine?: boolean }) {
  return <span className={inLine ? "inline-flex items-baseline gap-1.5" : "inline-grid justify-items-end"}><span className="figure">{figure}</span>{part ? <span className="text-xs text-ink-faint">{ofPart(part.total, g.total)}</span> : null}</span>;
}
function UnitCost({ g, inLine }: { g: CostGroupDto; inLine?: boolean }) {
  const of = g.known.predictions ?? g;
  return <OfPart g={g} inLine={inLine} part={g.known.predictions} figure={money(of.per1000Predictions, g.total === null ? "no price" : of.predictions === null ? "unknown" : "none made")} />;
}
function IdleShare({ g, inLine }: { g: CostGroupDto; inLine?: boolean }) {
  const share = shareOf(g);
  return <OfPart g={g} inLine={inLine} part={g.known.use} figure={share === null ? unknown("unknown") : formatPercent(share)} />;
}
const Predictions = ({ g }: { g: CostGroupDto }) => <OfPart g={g} part={g.known.predictions} figure={(g.known.predictions ?? g).predictions === null ? unknown("unknown") : formatCount((g.known.predictions ?? g).predictions)} />;

function Change({ g }: { g: CostGroupDto }) {
  const change = changeOf(g.total, g.previousTotal);
  if (!change) return unknown(g.total === null || g.previousTotal === null ? "unknown" : "new");
  return <span className="text-ink-muted">{change.direction === "up" ? "+" : change.direction === "down" ? "−" : ""}{change.text}</span>;
}

const shareOf = (g: CostGroupDto): number | null => { const of = g.known.use ?? g; return of.idle === null || !of.total ? null : of.idle / of.total; };

const figures = [
  c.accessor("replicaSeconds", { header: "Replica hours", meta: { numeric: true, hideSmall: true }, cell: (x) => <span className="figure">{formatReplicaHours(x.getValue() / 3600)}</span> }),
  c.accessor((g) => shareOf(g), { id: "idleShare", header: "Idle share", meta: { numeric: true, hideSmall: true }, cell: (x) => <IdleShare g={x.row.original} /> }),
  c.accessor((g) => (g.known.predictions ?? g).per1000Predictions, { id: "per1000", header: "Per 1,000", meta: { numeric: true, hideSmall: true }, cell: (x) => <UnitCost g={x.row.original} /> }),
];

/** One row a member of the grouping, dearest first; days newest first. A row of models, profiles or projects narrows the page to it. */
export function CostsTable({ groups, by, withProject, onNarrow }: { groups: CostGroupDto[]; by: CostGrouping; withProject: boolean; onNarrow: (change: Partial<CostView>) => void }) {
  const columns = useMemo(() => c.columns([
    c.accessor("label", { header: groupWords[by], cell: (x) => <Name group={x.row.original} by={by} onNarrow={onNarrow} /> }),
    ...(withProject && (by === "deployment" || by === "model") ? [c.accessor("project", { header: "Project", meta: { hideSmall: true } })] : []),
    ...(by === "deployment" ? [c.accessor((g) => g.models.join(", "), { id: "models", header: "Model", meta: { hideSmall: true } })] : [c.accessor("deployments", { header: "Deployments", meta: { numeric: true, hideSmall: true } })]),
    ...(by === "profile" || by === "day" ? [] : [c.accessor((g) => g.profiles.join(", "), { id: "profiles", header: "Profile", meta: { hideSmall: true }, cell: (x) => <span className="font-mono text-sm">{x.getValue()}</span> })]),
    ...figures,
    ...(by === "day" ? [c.accessor((g) => (g.known.predictions ?? g).predictions, { id: "predictions", header: "Predictions", meta: { numeric: true, hideSmall: true }, cell: (x) => <Predictions g={x.row.original} /> })]
      : [c.accessor((g) => (g.total === null || g.previousTotal === null ? null : g.total - g.previousTotal), { id: "change", header: "Change", meta: { numeric: true, hideSmall: true }, cell: (x) => <span className="figure"><Change g={x.row.original} /></span> })]),
    c.accessor("total", { header: "Cost", meta: { numeric: true }, cell: (x) => <Cost g={x.row.original} /> }),
  ]), [by, withProject, onNarrow]);
  return <div className="border-t border-line"><DataTable label={`Costs by ${by}`} columns={columns} data={groups} getRowId={(g) => g.key} card={(g) => <Card g={g} by={by} onNarrow={onNarrow} />} /></div>;
}

/** The amount, and under it how much of the whole it is. */
function Cost({ g }: { g: CostGroupDto }) {
  return (
    <span className="inline-grid min-w-20 justify-items-end gap-1">
      <span className="inline-flex items-center gap-1.5">{g.estimate && g.total !== null ? <Badge>estimate</Badge> : null}<span className="figure">{money(g.total, "no price")}</span></span>
      {g.share === null ? null : <span aria-hidden className="block h-1 w-20 overflow-hidden rounded-full bg-line"><span className="ml-auto block h-full rounded-full bg-cost-2" style={{ width: `${Math.max(1, g.share * 100)}%` }} /></span>}
    </span>
  );
}

function Card({ g, by, onNarrow }: { g: CostGroupDto; by: CostGrouping; onNarrow: (change: Partial<CostView>) => void }) {
  return (
    <div className="grid gap-1.5">
      <div className="flex items-start justify-between gap-3"><span className="min-w-0 font-medium wrap-anywhere"><Name group={g} by={by} onNarrow={onNarrow} /></span><Cost g={g} /></div>
      <dl className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-ink-muted">
        <div className="flex gap-1"><dt>Idle</dt><dd><IdleShare g={g} inLine /></dd></div>
        <div className="flex gap-1"><dt>Per 1,000</dt><dd><UnitCost g={g} inLine /></dd></div>
        {by === "day" ? null : <div className="flex gap-1"><dt>Change</dt><dd className="figure"><Change g={g} /></dd></div>}
      </dl>
    </div>
  );
}

function Name({ group: g, by, onNarrow }: { group: CostGroupDto; by: CostGrouping; onNarrow: (change: Partial<CostView>) => void }) {
  const link = "font-medium underline-offset-3 hover:underline";
  if (by === "day") return <time dateTime={g.key}>{new Date(`${g.key}T00:00:00Z`).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" })}</time>;
  if (by !== "deployment") return <button type="button" data-row-link className={`${link} text-left`} title={`Show only ${g.label}`} onClick={() => onNarrow({ [by]: g.label, by: "deployment" })}>{g.label}</button>;
  return <span className="inline-flex flex-wrap items-center gap-2">{g.state === "deleted" ? g.label : <Link href={deploymentHref(g.project!, g.label)} data-row-link className={link}>{g.label}</Link>}{g.state !== "running" ? <Badge tone="stopped">{g.state}</Badge> : null}</span>;
}
