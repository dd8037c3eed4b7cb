import { phaseState } from "@/components/deployments/phase-status";
import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import { Status } from "@/components/ui/status";
import type { GroupedCost } from "@/lib/costs/group-costs";
import { formatCount } from "@/lib/format/number";
import { formatMoney } from "@/lib/format/money";
import type { Overview } from "@/lib/overview/schema";
import { PHASE_ORDER } from "./phase-order";

/** What runs and what it costs, a row a project. `costs` null: not read yet, or not to be had. */
export function ProjectsTable({ projects, costs }: { projects: Overview["projects"]; costs: Map<string, GroupedCost> | null }) {
  return (
    <Panel title="Projects" flush>
      <div className="overflow-x-auto border-t border-line">
        <table className="w-full">
          <caption className="sr-only">Projects: deployments by phase, and cost in 7 days</caption>
          <thead><tr className="text-xs text-ink-muted">
            <th scope="col" className="h-9 px-4 text-left font-medium">Project</th>
            <th scope="col" className="px-3 text-left font-medium">Deployments</th>
            <th scope="col" className="px-3 text-right font-medium max-sm:hidden">Models</th>
            <th scope="col" className="px-4 text-right font-medium">Cost, 7 days</th>
          </tr></thead>
          <tbody className="divide-y divide-line">
            {projects.map((p) => (
              <tr key={p.project} className="border-t border-line">
                <th scope="row" className="h-9 px-4 py-1.5 text-left font-medium"><Link href={`/app/${encodeURIComponent(p.project)}/deployments`} className="underline-offset-3 hover:underline">{p.displayName}</Link></th>
                <td className="px-3 py-1.5">
                  {p.deployments === 0 ? <span className="text-ink-faint">none</span> : <span className="flex flex-wrap gap-x-3 gap-y-1">{PHASE_ORDER.filter((phase) => p.phases[phase]).map((phase) => <Status key={phase} state={phaseState(phase)} size="sm"><span className="figure">{formatCount(p.phases[phase])}</span> {phase}</Status>)}</span>}
                </td>
                <td className="figure px-3 py-1.5 text-right max-sm:hidden">{formatCount(p.models)}</td>
                <td className="figure px-4 py-1.5 text-right">{costs === null ? <span className="text-ink-faint">–</span> : costs.has(p.project) ? formatMoney(costs.get(p.project)!.total) : <span className="text-ink-faint">nothing ran</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
