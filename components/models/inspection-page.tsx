"use client";
import { useQuery } from "@tanstack/react-query";
import { parseAsInteger, useQueryState } from "nuqs";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { FileList } from "@/components/models/file-list";
import { FindingList } from "@/components/models/finding-list";
import { SignatureTable } from "@/components/models/signature-table";
import { VersionDialogs, type VersionAction } from "@/components/models/version-dialogs";
import { VersionFacts } from "@/components/models/version-facts";
import { stateMeaning, VersionState } from "@/components/models/version-state";
import { useVersions } from "@/components/models/use-versions";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { SkeletonText } from "@/components/ui/skeleton";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { VersionDto } from "@/lib/models/schema";

/** One version to its last file: what was read of it, and what was found. `?version=` says which. */
export function InspectionPage({ project, model, mayApprove, nowMs }: { project: string; model: string; mayApprove: boolean; nowMs: number }) {
  const versions = useVersions(project, model);
  const [wanted, setWanted] = useQueryState("version", parseAsInteger);
  const [action, setAction] = useState<VersionAction | null>(null);
  const number = wanted ?? versions.items[0]?.version ?? null;
  const listed = versions.items.find((v) => v.version === number);
  const one = useQuery({
    queryKey: [...keys.versions(project, model), number], enabled: number !== null && !listed && !versions.loading,
    queryFn: ({ signal }) => fetchJson<VersionDto>(`/api/v1/projects/${project}/models/${model}/versions/${number}`, { signal }),
  });
  const version = listed ?? one.data;

  const failed = versions.error ?? one.error;
  if (failed) return <ErrorState title={`Could not read ${number === null ? "the versions" : `version ${number}`}`} reason={asProblem(failed).detail} onRetry={() => { versions.retry(); void one.refetch(); }} actions={wanted === null ? undefined : <Button onClick={() => void setWanted(null)}>Show the newest version</Button>} />;
  if (!versions.loading && number === null) return <div className="panel"><EmptyState title="No version yet">Once one is uploaded, its files and what was found in them are listed here.</EmptyState></div>;
  if (!version) return <div className="panel p-4" role="status" aria-label="Loading"><SkeletonText lines={8} /></div>;
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Select aria-label="Version" className="w-40!" value={String(version.version)} onValueChange={(v) => void setWanted(Number(v))} options={[...new Set([...versions.items.map((v) => v.version), version.version])].sort((a, b) => b - a).map((n) => ({ value: String(n), label: `Version ${n}` }))} />
        <VersionState state={version.state} plain />
        <span className="text-ink-muted">{stateMeaning(version.state)}</span>
      </div>
      {version.state === "quarantined" ? (
        <Notice state="warning" title="This version carries code" actions={mayApprove ? <Button onClick={() => setAction({ kind: "approve", version: version.version })}>Approve version {version.version}</Button> : undefined}>
          {mayApprove ? "Read the findings and who uploaded it. Once approved it runs on a cluster only, in a restricted pod." : "Ask an owner or a platform person to approve it, or upload it as ONNX or safetensors, which carry none."}
        </Notice>
      ) : null}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-4">
          <Panel title="Findings">{version.findings.length > 0 ? <FindingList findings={version.findings} /> : <p className="text-ink-muted">Nothing to remark: it is data only and was read to the end.</p>}</Panel>
          <Panel title="Files" flush className="overflow-hidden"><FileList files={version.files} /></Panel>
          {version.signature ? <Panel title="Signature"><SignatureTable signature={version.signature} /></Panel> : null}
        </div>
        <Panel title="Facts"><VersionFacts version={version} nowMs={nowMs} /></Panel>
      </div>
      <VersionDialogs project={project} model={model} action={action} onClose={() => setAction(null)} />
    </div>
  );
}
