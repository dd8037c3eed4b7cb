"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { FlaskConical, Send } from "lucide-react";
import { OnAws } from "@/components/deployments/on-aws";
import { useDeployment } from "@/components/deployments/use-deployment";
import { RequestForm } from "@/components/playground/request-form";
import { predictPath } from "@/components/playground/send-predict";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { VersionDto } from "@/lib/models/schema";

export const versionKey = (project: string, model: string, version: number) => [...keys.versions(project, model), version] as const;

/** The page Try it: a request of the deployed version's signature, its answer, and the same call in code. */
export function Playground({ project, deployment: slug }: { project: string; deployment: string }) {
  const client = useQueryClient();
  const { data: deployment, error } = useDeployment(project, slug);
  const model = deployment?.model;
  const number = deployment?.version;
  const version = useQuery({
    queryKey: versionKey(project, model ?? "", number ?? 0), enabled: model !== undefined && number !== undefined,
    queryFn: ({ signal }) => fetchJson<VersionDto>(`/api/v1/projects/${project}/models/${model}/versions/${number}`, { signal }),
  });
  const problem = error ?? version.error;
  if (problem && !(deployment && version.data)) return <ErrorState title="The model's inputs could not be read" reason={problem.message} onRetry={() => void version.refetch()} retrying={version.isFetching} />;
  if (!deployment || !version.data) return <div className="grid gap-4 lg:grid-cols-2"><Skeleton className="h-80" /><Skeleton className="h-80" /></div>;
  const measured = () => void client.invalidateQueries({ queryKey: keys.deployment(project, slug) });
  const signature = version.data.signature as Parameters<typeof RequestForm>[0]["signature"] | null;
  return (
    <div className="grid gap-4">
      {signature && signature.inputs.length > 0
        ? <RequestForm key={`${deployment.model}/${deployment.version}`} project={project} deployment={deployment} signature={signature} onMeasured={measured} />
        : <EmptyState icon={<FlaskConical />} title="The model's inputs are not known">Version {deployment.version} of {deployment.model} does not say which tensors it takes. <Send aria-hidden className="inline size-3.5" /> Send requests to <span className="font-mono text-sm wrap-anywhere">{deployment.status.url ?? predictPath(project, slug)}</span> as your model expects them.</EmptyState>}
      <OnAws project={project} deployment={slug} />
    </div>
  );
}
