"use client";
import Link from "next/link";
import { useMemo } from "react";
import { Badge } from "@/components/ui/badge";
import { DataTable } from "@/components/ui/data-table";
import { tableColumns } from "@/components/ui/table-columns";
import { deploymentHref } from "@/lib/api-client/hrefs";
import type { CostGroup, GroupedCost } from "@/lib/costs/group-costs";
import { formatMoney } from "@/lib/format/money";
import { formatPercent } from "@/lib/format/number";
import { formatReplicaHours } from "./replica-hours";

const c = tableColumns<GroupedCost>();
const names = (values: string[]) => [...new Set(values)].join(", ");
const unknown = (text: string) => <span className="font-sans text-ink-faint">{text}</span>;
const money = (usd: number | null, without: string) => (usd === null ? unknown(without) : formatMoney(usd));

const figures = [
  c.accessor("replicaHours", { header: "Replica hours", meta: { numeric: true, hideSmall: true }, cell: (x) => <span className="figure">{formatReplicaHours(x.getValue())}</span> }),
  c.accessor("total", { header: "Cost", meta: { numeric: true }, cell: (x) => <span className="figure">{money(x.getValue(), "no price")}</span> }),
  c.accessor("used", { header: "Used", meta: { numeric: true, hideSmall: true }, cell: (x) => <span className="figure">{money(x.getValue(), "unknown")}</span> }),
  c.accessor("idleShare", { header: "Idle share", meta: { numeric: true, hideSmall: true }, cell: (x) => <span className="figure">{x.getValue() === null ? unknown("unknown") : formatPercent(x.getValue())}</span> }),
  c.accessor("per1000Predictions", { header: "Per 1,000", meta: { numeric: true }, cell: (x) => <span className="figure">{money(x.getValue(), x.row.original.total === null ? "no price" : x.row.original.lines.some((l) => l.predictions === null) ? "unknown" : "none made")}</span> }),
];

/** One row a member of the grouping, dearest first. */
export function CostsTable({ groups, by, withProject }: { groups: GroupedCost[]; by: CostGroup; withProject: boolean }) {
  const columns = useMemo(() => c.columns([
    c.accessor("key", { header: by === "deployment" ? "Deployment" : by === "model" ? "Model" : by === "profile" ? "Profile" : "Project", cell: (x) => <Name group={x.row.original} by={by} /> }),
    ...(withProject && (by === "deployment" || by === "model") ? [c.accessor((g) => g.lines[0]!.project, { id: "project", header: "Project", meta: { hideSmall: true } })] : []),
    ...(by === "deployment" ? [c.accessor((g) => names(g.lines.map((l) => l.model)), { id: "model", header: "Model", meta: { hideSmall: true } })] : [c.accessor((g) => new Set(g.lines.map((l) => `${l.project}/${l.deployment}`)).size, { id: "deployments", header: "Deployments", meta: { numeric: true, hideSmall: true } })]),
    ...(by === "profile" ? [] : [c.accessor((g) => names(g.lines.map((l) => l.profile)), { id: "profile", header: "Profile", meta: { hideSmall: true }, cell: (x) => <span className="font-mono text-sm">{x.getValue()}</span> })]),
    ...figures,
  ]), [by, withProject]);
  return <div className="border-t border-line"><DataTable label={`Costs by ${by}`} columns={columns} data={groups} getRowId={(g) => g.key} /></div>;
}

function Name({ group, by }: { group: GroupedCost; by: CostGroup }) {
  const line = group.lines[0]!;
  if (by !== "deployment") return <>{by === "model" ? line.model : by === "profile" ? line.profile : line.project}</>;
  return <span className="inline-flex items-center gap-2">{line.state === "deleted" ? line.deployment : <Link href={deploymentHref(line.project, line.deployment)} className="font-medium underline-offset-3 hover:underline">{line.deployment}</Link>}{line.state !== "running" ? <Badge tone="stopped">{line.state}</Badge> : null}</span>;
}
