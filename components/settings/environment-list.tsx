"use client";
import { useQueryClient } from "@tanstack/react-query";
import { Layers } from "lucide-react";
import { useMemo, useState } from "react";
import { CursorTable } from "@/components/list/cursor-table";
import { useCursorList } from "@/components/list/use-cursor-list";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { tableColumns } from "@/components/ui/table-columns";
import { keys } from "@/lib/api-client/query-keys";
import type { EnvironmentDto } from "@/lib/environments/schema";
import { formatMoneyPerMonth } from "@/lib/format/money";
import { OVER_BUDGET_SHORT } from "@/components/approvals/budget-words";
import { EnvironmentDialog } from "./environment-dialog";
import { ProjectPicker } from "./project-picker";

const c = tableColumns<EnvironmentDto>();
type Props = { project: { slug: string; name: string }; choices: { slug: string; name: string }[]; mayManage: boolean; nowMs: number };

/** A project's environments: their budget, and whether a deployment there waits for approval. */
export function EnvironmentList({ project, choices, mayManage }: Props) {
  const client = useQueryClient();
  const [editing, setEditing] = useState<EnvironmentDto | "new" | null>(null);
  const path = `/api/v1/projects/${project.slug}/environments`;
  const list = useCursorList<EnvironmentDto>(keys.environments(project.slug), path);
  const columns = useMemo(() => c.columns([
    c.accessor("displayName", { header: "Environment", cell: ({ row: { original: e } }) => <Name e={e} /> }),
    c.accessor("deployments", { header: "Deployments", meta: { numeric: true } }),
    c.accessor((e) => e.monthlyBudgetUsd ?? -1, { id: "budget", header: "Budget", meta: { numeric: true }, cell: ({ row: { original: e } }) => <Budget e={e} /> }),
    c.display({ id: "rules", header: "By itself", cell: ({ row: { original: e } }) => <Rules e={e} /> }),
    c.accessor("requiresApproval", { header: "Approval", cell: ({ getValue }) => (getValue() ? <Badge tone="warning">waits for approval</Badge> : <span className="text-ink-faint">not needed</span>) }),
    ...(mayManage ? [c.display({ id: "actions", header: () => <span className="sr-only">Actions</span>, meta: { numeric: true }, cell: ({ row: { original: e } }) => <Button size="sm" variant="ghost" onClick={() => setEditing(e)} aria-label={`Edit ${e.displayName}`}>Edit</Button> })] : []),
  ]), [mayManage]);
  const add = (variant: "primary" | "secondary") => (mayManage ? <Button variant={variant} onClick={() => setEditing("new")}>New environment</Button> : null);
  return (
    <>
      <PageHeader title="Environments" meta="Where deployments of a project stand: each with its budget and its rule." actions={<><ProjectPicker choices={choices} current={project.slug} />{add("primary")}</>} />
      <div className="panel overflow-clip">
        <CursorTable list={list} what="the environments" label={`Environments of ${project.name}`} columns={columns} getRowId={(e) => e.slug}
          card={(e) => (
            <div className="flex items-start gap-3">
              <div className="grid min-w-0 flex-1 gap-1.5"><Name e={e} /><span className="text-sm text-ink-muted">{e.deployments} {e.deployments === 1 ? "deployment" : "deployments"} · budget <Budget e={e} /></span>{e.requiresApproval ? <span><Badge tone="warning">waits for approval</Badge></span> : null}</div>
              {mayManage ? <Button size="sm" onClick={() => setEditing(e)} aria-label={`Edit ${e.displayName}`}>Edit</Button> : null}
            </div>
          )}
          empty={<EmptyState icon={<Layers aria-hidden />} title={`${project.name} has no environments`} actions={add("secondary")}>A deployment without one belongs to the project alone.</EmptyState>} />
      </div>
      <EnvironmentDialog editing={editing} path={path} onClose={() => setEditing(null)} onSaved={() => void client.invalidateQueries({ queryKey: keys.environments(project.slug) })} />
    </>
  );
}

function Name({ e }: { e: EnvironmentDto }) {
  return <span className="grid"><span className="font-medium">{e.displayName}</span><span className="font-mono text-xs text-ink-faint">{e.slug}</span></span>;
}

function Rules({ e }: { e: EnvironmentDto }) {
  const rules = [...(e.sleepAfterMinutes === null ? [] : [`sleeps after ${e.sleepAfterMinutes} min`]), ...(e.expireAfterDays === null ? [] : [`deleted after ${e.expireAfterDays} d`])];
  return rules.length === 0 ? <span className="text-ink-faint">nothing</span> : <span className="text-sm">{rules.join(", ")}</span>;
}

function Budget({ e }: { e: EnvironmentDto }) {
  return e.monthlyBudgetUsd === null ? <span className="text-ink-faint">none</span> : <span className="whitespace-nowrap"><span className="figure">{formatMoneyPerMonth(e.monthlyBudgetUsd)}</span><span className="text-ink-faint">, {OVER_BUDGET_SHORT[e.overBudget]}</span></span>;
}
