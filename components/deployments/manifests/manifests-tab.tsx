"use client";
import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { manifestsKey } from "@/components/deployments/manifests/manifests-key";
import { splitDocuments } from "@/components/deployments/manifests/split-documents";
import { CodeBlock } from "@/components/ui/code-block";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { fetchJson } from "@/lib/api-client/fetch-json";
import type { DeploymentManifests } from "@/lib/manifests/deployment-manifests";

const ALL = "all";

/** The Kubernetes objects of a deployment: what is applied, or what would be on a cluster. */
export function ManifestsTab({ project, slug }: { project: string; slug: string }) {
  const [shown, setShown] = useState(ALL);
  const path = `/api/v1/projects/${encodeURIComponent(project)}/deployments/${encodeURIComponent(slug)}/manifests`;
  const { data, error, refetch, isFetching } = useQuery({ queryKey: manifestsKey(project, slug), queryFn: ({ signal }) => fetchJson<DeploymentManifests>(path, { signal }) });
  if (!data) return error ? <ErrorState title="The manifests could not be made" reason={error.message} onRetry={() => void refetch()} retrying={isFetching} /> : <Skeleton className="h-96" />;
  const documents = splitDocuments(data.yaml);
  const at = data.objects.findIndex((o) => nameOf(o) === shown);
  return (
    <div className="grid gap-4">
      {data.preview ? (
        <Notice title="A preview">This deployment runs on this machine. On a cluster Slipway would apply these objects; what only a cluster has, such as its edge and its nodes, is left out.</Notice>
      ) : null}
      <Panel title="Manifests" description={`${data.objects.length} objects, in the order they are applied. Values of Secrets are left out.`}
        actions={<a className="link inline-flex items-center gap-1.5" href={`${path}?format=yaml`} download><Download aria-hidden className="size-4" />Download YAML</a>}>
        <div className="grid gap-3">
          {data.notes.length > 0 ? <ul className="grid gap-1 text-sm text-ink-muted">{data.notes.map((note) => <li key={note}>{note}</li>)}</ul> : null}
          <Select aria-label="Object" value={at < 0 ? ALL : shown} onValueChange={setShown}
            options={[{ value: ALL, label: "All objects" }, ...data.objects.map((o) => ({ value: nameOf(o), label: nameOf(o) }))]} />
          <CodeBlock title={at < 0 ? `${slug}.yaml` : nameOf(data.objects[at]!)} code={at < 0 ? data.yaml : documents[at] ?? ""} maxHeight="max-h-[60vh]" />
        </div>
      </Panel>
    </div>
  );
}

const nameOf = (o: DeploymentManifests["objects"][number]) => `${o.kind} ${o.name}`;
