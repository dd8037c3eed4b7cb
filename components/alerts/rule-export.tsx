"use client";
import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { RulesExport } from "@/lib/alerts/export-rules";

/** The project's rules for the Prometheus of its cluster: to read, copy and download. */
export function RuleExport({ project }: { project: string }) {
  const [open, setOpen] = useState(false);
  const path = `/api/v1/projects/${encodeURIComponent(project)}/prometheus-rule`;
  const { data, error, refetch, isFetching } = useQuery({ queryKey: [...keys.alertRules(project), "prometheus"], enabled: open, queryFn: ({ signal }) => fetchJson<RulesExport>(path, { signal }) });
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-label="Export as PrometheusRule" title="Export as PrometheusRule"><Download aria-hidden /><span className="max-sm:hidden">Export</span></Button>
      <Dialog open={open} onOpenChange={setOpen} size="lg" title="Rules for your own Prometheus" description="A PrometheusRule fires in the cluster and is told by its Alertmanager, whether Slipway runs or not."
        footer={<><Button onClick={() => setOpen(false)}>Close</Button><a href={`${path}?format=yaml`} download className={buttonClass({ variant: "primary" })}><Download aria-hidden />Download YAML</a></>}>
        {!data ? (error ? <ErrorState title="The rules could not be written" reason={error.message} onRetry={() => void refetch()} retrying={isFetching} /> : <Skeleton className="h-64" />) : (
          <div className="grid gap-4">
            {data.preview ? <Notice title="A preview">{project} runs on no cluster. This is what one would be given; its namespace is a stand-in.</Notice> : null}
            {data.skipped.length > 0 ? <Notice state="warning" title={data.skipped.length === 1 ? "One rule is left out" : `${data.skipped.length} are left out`}><ul className="grid gap-1">{data.skipped.map((s) => <li key={`${s.rule} ${s.deployment}`}><span className="font-medium text-ink">{s.rule}{s.deployment ? `, ${s.deployment}` : ""}:</span> {s.why}</li>)}</ul></Notice> : null}
            {data.alerts === 0 ? <p className="text-ink-muted">No rule can be written out: there is nothing for one to watch here.</p> : <CodeBlock title={`${data.alerts} ${data.alerts === 1 ? "alert" : "alerts"}`} code={data.yaml} maxHeight="max-h-[45vh]" />}
          </div>
        )}
      </Dialog>
    </>
  );
}
