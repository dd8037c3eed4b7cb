"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { BellPlus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { CONDITION_WORDS } from "@/components/alerts/condition-words";
import { RuleStandings } from "@/components/alerts/rule-standings";
import { ruleValues } from "@/components/alerts/rule-values";
import { EvaluationStale } from "@/components/alerts/evaluation-stale";
import { RuleExport } from "@/components/alerts/rule-export";
import { RowMenu } from "@/components/list/row-menu";
import { ProjectPicker } from "@/components/settings/project-picker";
import { buttonClass } from "@/components/ui/button";
import { StaleQuery } from "@/components/query/stale-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { tableColumns } from "@/components/ui/table-columns";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { alertRuleHref, newAlertRuleHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import type { RuleDto } from "@/lib/alerts/schema";

const c = tableColumns<RuleDto>();
const REFRESH_MS = 30_000;
type Props = { project: { slug: string; name: string }; choices: { slug: string; name: string }[]; mayWrite: boolean };

/** A project's rules, what each watches, and where it stands. */
export function RuleList({ project, choices, mayWrite }: Props) {
  const client = useQueryClient();
  const router = useRouter();
  const [deleting, setDeleting] = useState<RuleDto | null>(null);
  const path = `/api/v1/projects/${project.slug}/alert-rules`;
  const rules = useQuery({ queryKey: keys.alertRules(project.slug), queryFn: ({ signal }) => fetchJson<{ items: RuleDto[] }>(path, { signal }), refetchInterval: REFRESH_MS });
  const menuOf = (r: RuleDto) => (mayWrite ? <RowMenu name={r.name} items={[
    { label: "Edit rule", onSelect: () => router.push(alertRuleHref(r.id)) },
    { label: r.enabled ? "Turn off" : "Turn on", onSelect: () => void toggle(r) },
    { label: "Delete rule", danger: true, onSelect: () => setDeleting(r) },
  ]} /> : null);
  const toggle = async (r: RuleDto) => {
    try {
      await fetchJson(`${path}/${r.id}`, { method: "PUT", body: { ...ruleValues(r, null), enabled: !r.enabled } });
      await client.invalidateQueries({ queryKey: keys.alerts });
      toast.success(r.enabled ? `${r.name} is off: what fired of it is ended` : `${r.name} is evaluated again`);
    } catch (cause) {
      toast.error(cause instanceof Error ? cause.message : "The rule was not changed. Try again.");
    }
  };
  const columns = useMemo(() => c.columns([
    c.accessor("name", { header: "Rule", cell: ({ row: { original: r } }) => <What r={r} /> }),
    c.display({ id: "standing", header: "Stands", cell: ({ row: { original: r } }) => <RuleStandings rule={r} /> }),
    c.accessor("severity", { header: "Severity", meta: { hideSmall: true }, cell: ({ getValue }) => (getValue() === "critical" ? "Critical" : "Warning") }),
    c.accessor((r) => r.channels.length, { id: "channels", header: "Told", meta: { hideSmall: true, numeric: true }, cell: ({ getValue }) => <span className={getValue() === 0 ? "text-ink-faint" : ""}>{getValue() === 0 ? "nobody" : `${getValue()} ${getValue() === 1 ? "channel" : "channels"}`}</span> }),
    c.display({ id: "actions", header: () => <span className="sr-only">Actions</span>, meta: { numeric: true }, cell: ({ row: { original: r } }) => menuOf(r) }),
  ]), [mayWrite, path]);
  const add = (variant: "primary" | "secondary") => (mayWrite ? <Link href={newAlertRuleHref(project.slug)} className={buttonClass({ variant })}><BellPlus aria-hidden />New rule</Link> : null);
  return (
    <Panel flush title="Rules" description={`What is watched in ${project.name}, every 30 seconds`} className="overflow-clip" actions={<><ProjectPicker choices={choices} current={project.slug} />{rules.data?.items.length ? <RuleExport project={project.slug} /> : null}{add("primary")}</>}>
      {rules.data && !rules.isError ? <div className="px-4 pb-3 empty:hidden"><EvaluationStale evaluated={rules.data.items.flatMap((r) => (r.enabled && r.evaluatedAt ? [r.evaluatedAt] : []))} readMs={rules.dataUpdatedAt} /></div> : null}
      <StaleQuery query={rules} className="px-4 pb-3" />
      <div className="border-t border-line">
        {rules.isError && !rules.data ? <ErrorState title="The rules could not be read" reason={rules.error.message} onRetry={() => void rules.refetch()} retrying={rules.isFetching} /> : (
          <DataTable label={`Alert rules of ${project.name}`} columns={columns} data={[...(rules.data?.items ?? [])].sort((a, b) => worst(a) - worst(b) || a.name.localeCompare(b.name))} loading={rules.isPending} skeletonRows={3} getRowId={(r) => r.id}
            card={(r) => <div className="grid gap-2"><div className="flex items-start justify-between gap-3"><What r={r} />{menuOf(r)}</div><RuleStandings rule={r} /></div>}
            empty={<EmptyState headingLevel={3} icon={<BellPlus aria-hidden />} title={`Nothing is watched in ${project.name}`} actions={add("secondary")}>A rule watches latency, errors, an objective, waiting requests, missing traffic, crashes, interruptions or a budget, and tells whoever should know.</EmptyState>} />
        )}
      </div>
      <ConfirmDialog open={deleting !== null} onOpenChange={(open) => { if (!open) setDeleting(null); }} title={`Delete ${deleting?.name ?? ""}?`} confirmLabel="Delete rule"
        onConfirm={async () => { await fetchJson(`${path}/${deleting!.id}`, { method: "DELETE" }); await client.invalidateQueries({ queryKey: keys.alerts }); toast.success(`Rule ${deleting!.name} deleted`); }}>
        <p>What fires of it now is ended. What it told stays in the history. To pause it, turn it off instead.</p>
      </ConfirmDialog>
    </Panel>
  );
}

/** What fires stands first, what is off last. */
const worst = (r: RuleDto): number => (!r.enabled ? 3 : r.standings.some((s) => s.phase === "firing") ? 0 : r.standings.some((s) => s.phase === "pending") ? 1 : 2);

function What({ r }: { r: RuleDto }) {
  const { icon: Icon } = CONDITION_WORDS[r.condition.kind];
  return (
    <span className="flex min-w-0 gap-2.5">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-faint" />
      <span className="grid min-w-0"><Link href={alertRuleHref(r.id)} data-row-link className="w-fit font-medium wrap-anywhere underline-offset-3 hover:underline">{r.name}</Link><span className="text-sm text-ink-muted wrap-anywhere">{r.condition.kind === "budget" ? "Environments" : (r.deployment ?? "Every deployment")}: {r.summary}</span></span>
    </span>
  );
}
