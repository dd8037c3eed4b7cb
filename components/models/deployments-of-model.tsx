"use client";
import { CursorTable } from "@/components/list/cursor-table";
import type { CursorList } from "@/components/list/use-cursor-list";
import { phaseState } from "@/components/deployments/phase-status";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import { tableColumns } from "@/components/ui/table-columns";
import { deploymentHref } from "@/lib/api-client/hrefs";
import type { DeploymentRowDto } from "@/lib/deployments/schema";
import { useState } from "react";

const c = tableColumns<DeploymentRowDto>();
const columnsAt = (nowMs: number) => c.columns([
  c.accessor("name", { header: "Deployment" }),
  c.accessor("phase", { header: "State", cell: ({ getValue }) => <Status state={phaseState(getValue())} size="sm">{getValue()}</Status> }),
  c.accessor("version", { header: "Version", meta: { numeric: true }, cell: ({ getValue }) => <span className="figure">v{getValue()}</span> }),
  c.accessor("profile", { header: "Profile", meta: { hideSmall: true }, cell: ({ getValue }) => <span className="font-mono text-xs">{getValue()}</span> }),
  c.accessor("replicas", { header: "Replicas", meta: { numeric: true, hideSmall: true }, cell: ({ getValue }) => <span className="figure">{getValue().ready}/{getValue().wanted}</span> }),
  c.accessor("updatedAt", { header: "Changed", meta: { numeric: true, hideSmall: true }, cell: ({ getValue }) => <span className="text-ink-muted"><RelativeTime time={getValue()} nowMs={nowMs} /></span> }),
]);

/** Where a model runs. */
export function DeploymentsOfModel({ project, list, nowMs }: { project: string; list: CursorList<DeploymentRowDto>; nowMs: number }) {
  const [columns] = useState(() => columnsAt(nowMs));
  return (
    <Panel title="Deployments" flush className="overflow-hidden">
      <CursorTable label="Deployments of this model" what="the deployments" list={list} columns={columns} sortable={false} getRowId={(d) => d.id} rowHref={(d) => deploymentHref(project, d.slug)}
        empty={<p className="border-t border-line px-4 py-3 text-ink-muted">It is not deployed yet.</p>} />
    </Panel>
  );
}
