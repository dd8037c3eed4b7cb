"use client";
import { FileUp } from "lucide-react";
import Link from "next/link";
import { asProblem } from "@/components/form/as-problem";
import { useCursorList } from "@/components/list/use-cursor-list";
import { DeploymentsOfModel } from "@/components/models/deployments-of-model";
import { ModelComparison } from "@/components/models/model-comparison";
import { FindingList } from "@/components/models/finding-list";
import { SignatureTable } from "@/components/models/signature-table";
import { VersionFacts } from "@/components/models/version-facts";
import { useModel } from "@/components/models/use-model";
import { useVersions } from "@/components/models/use-versions";
import { ImportList } from "@/components/upload/import-list";
import { useUploads } from "@/components/upload/upload-provider";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonText } from "@/components/ui/skeleton";
import { keys } from "@/lib/api-client/query-keys";
import type { DeploymentRowDto } from "@/lib/deployments/schema";

type Props = { project: string; slug: string; mayWrite: boolean; nowMs: number };

/** The newest version at a glance, and where the model runs. */
export function ModelOverview({ project, slug, mayWrite, nowMs }: Props) {
  const { data: model } = useModel(project, slug);
  const versions = useVersions(project, slug);
  const deployments = useCursorList<DeploymentRowDto>(keys.deployments(project), `/api/v1/projects/${project}/deployments`, { model: slug });
  const uploads = useUploads();
  const newest = versions.items[0];

  if (versions.error) return <ErrorState title="Could not read the versions" reason={asProblem(versions.error).detail} onRetry={versions.retry} retrying={versions.fetching} />;
  if (versions.loading) return <div className="panel p-4"><SkeletonText lines={6} /></div>;
  if (!newest) {
    return (
      <div className="grid gap-4">
        <ImportList project={project} model={slug} mayWrite={mayWrite} nowMs={nowMs} />
        <div className="panel"><EmptyState icon={<FileUp aria-hidden />} title={mayWrite ? "Drop the model's file or folder on this window" : "No version yet"} actions={mayWrite ? <Button variant="primary" onClick={() => uploads.ask({ project, model: slug })}>Upload version 1</Button> : undefined}>
          {mayWrite ? "It becomes version 1 once every byte is there and it was read without being run. An https URL, a Hugging Face repository or S3 can be imported from the menu above." : "A deployer of this project can upload one."}
        </EmptyState></div>
      </div>
    );
  }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="grid min-w-0 gap-4">
        {newest.signature ? <Panel title={`Signature of version ${newest.version}`}><SignatureTable signature={newest.signature} /></Panel>
          : <Panel title={`Signature of version ${newest.version}`}><p className="text-ink-muted">This format does not declare inputs and outputs. Its server says them once it runs.</p></Panel>}
        <ImportList project={project} model={slug} mayWrite={mayWrite} nowMs={nowMs} />
        <DeploymentsOfModel project={project} list={deployments} nowMs={nowMs} />
        <ModelComparison project={project} model={slug} version={newest.version} />
        {newest.findings.length > 0 ? <Panel title="Findings"><FindingList findings={newest.findings} /></Panel> : null}
      </div>
      <div className="grid min-w-0 gap-4">
        <Panel title={`Version ${newest.version}`} footer={<Link className="link" href={`/app/profiles?${new URLSearchParams({ project, model: slug, version: String(newest.version) })}`}>Which profiles does it fit?</Link>}><VersionFacts version={newest} nowMs={nowMs} /></Panel>
        {model?.description ? <Panel title="Description"><p className="whitespace-pre-wrap text-ink-muted wrap-anywhere">{model.description}</p></Panel> : null}
      </div>
    </div>
  );
}
