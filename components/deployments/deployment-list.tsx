"use client";
import { Rocket, Search } from "lucide-react";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useState } from "react";
import { DeploymentCard } from "@/components/deployments/deployment-card";
import { DeploymentsEmpty } from "@/components/deployments/deployments-empty";
import { DEPLOYMENTS_A_PAGE, listFilters, SORTS } from "@/components/deployments/list-filters";
import { PhaseStatus } from "@/components/deployments/phase-status";
import { CursorTable } from "@/components/list/cursor-table";
import { useCursorList } from "@/components/list/use-cursor-list";
import { useLive } from "@/components/live/live-provider";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { tableColumns } from "@/components/ui/table-columns";
import { deploymentHref, modelsHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import { PHASES, type DeploymentRowDto } from "@/lib/deployments/schema";

type Props = { project: { id: string; slug: string; name: string }; mayDeploy: boolean; nowMs: number };

const ANY = "any";
const c = tableColumns<DeploymentRowDto>();
const columnsAt = (nowMs: number) => c.columns([
  c.accessor("name", { header: "Deployment" }),
  c.accessor("phase", { header: "State", cell: ({ getValue }) => <PhaseStatus phase={getValue()} size="sm" /> }),
  c.accessor("model", { header: "Model", cell: ({ row: { original: d } }) => <span>{d.model} <span className="figure text-ink-muted">v{d.version}</span></span> }),
  c.accessor("profile", { header: "Profile", cell: ({ getValue }) => <span className="font-mono text-xs">{getValue()}</span> }),
  c.accessor("environment", { header: "Environment" }),
  c.accessor("replicas", { header: "Replicas", meta: { numeric: true }, cell: ({ getValue }) => <span className="figure">{getValue().ready}/{getValue().wanted}</span> }),
  c.accessor("createdAt", { header: "Created", meta: { numeric: true }, cell: ({ getValue }) => <span className="text-ink-muted"><RelativeTime time={getValue()} nowMs={nowMs} /></span> }),
]);

const filtersInUrl = { search: parseAsString.withDefault(""), phase: parseAsStringLiteral(PHASES), sort: parseAsStringLiteral(SORTS).withDefault("createdAt") };

/** The deployments of a project: searched, filtered and ordered by the server, a page at a time, live; all of it part of the address. */
export function DeploymentList({ project, mayDeploy, nowMs }: Props) {
  const [url, setUrl] = useQueryStates(filtersInUrl, { throttleMs: 250, clearOnDefault: true });
  const [columns] = useState(() => columnsAt(nowMs));
  const filters = listFilters({ search: url.search, phase: url.phase ?? undefined, sort: url.sort });
  const queryKey = keys.deployments(project.slug);
  const list = useCursorList<DeploymentRowDto>(queryKey, `/api/v1/projects/${project.slug}/deployments`, { ...filters, limit: String(DEPLOYMENTS_A_PAGE) });
  useLive(`deployments:${project.id}`, [[...queryKey, "page"]]);
  const filtered = Boolean(filters.search || filters.phase);
  const nothingAtAll = !list.loading && !list.error && !filtered && list.items.length === 0 && !list.hasPrevious;

  return (
    <>
      <PageHeader title="Deployments" meta={<span>Models that serve, and what they need to, in {project.name}</span>}
        actions={mayDeploy && !nothingAtAll ? <Link href={modelsHref(project.slug)} className={buttonClass({ variant: "primary" })}><Rocket aria-hidden />Deploy a model</Link> : null} />
      <div className="panel overflow-hidden">
        {nothingAtAll ? null : (
          <div className="flex flex-wrap gap-2 border-b border-line p-2.5">
            <Input type="search" aria-label="Find a deployment by name" placeholder="Find a deployment" before={<Search />} className="w-full sm:w-72" value={url.search} maxLength={80} onChange={(e) => void setUrl({ search: e.target.value })} />
            <div className="min-w-36 flex-1 sm:w-40 sm:flex-none"><Select aria-label="State" value={url.phase ?? ANY} onValueChange={(v) => void setUrl({ phase: PHASES.find((p) => p === v) ?? null })} options={[{ value: ANY, label: "Any state" }, ...PHASES.map((p) => ({ value: p, label: p }))]} /></div>
            <div className="min-w-36 flex-1 sm:ml-auto sm:w-40 sm:flex-none"><Select aria-label="Order" value={url.sort} onValueChange={(v) => void setUrl({ sort: SORTS.find((s) => s === v) ?? null })} options={[{ value: "createdAt", label: "Newest first" }, { value: "name", label: "By name" }, { value: "phase", label: "By state" }]} /></div>
          </div>
        )}
        <CursorTable label={`Deployments of ${project.name}`} what="the deployments" list={list} columns={columns} sortable={false} getRowId={(d) => d.id} rowHref={(d) => deploymentHref(project.slug, d.slug)} card={(d) => <DeploymentCard deployment={d} nowMs={nowMs} />}
          empty={filtered
            ? <EmptyState icon={<Rocket aria-hidden />} title="No deployment is like that" actions={<Button onClick={() => void setUrl({ search: null, phase: null })}>Show all deployments</Button>}>Names are searched, in this project only.</EmptyState>
            : <DeploymentsEmpty project={project.slug} mayDeploy={mayDeploy} />} />
      </div>
    </>
  );
}
