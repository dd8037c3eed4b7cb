import { useEffect, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { Diagnosis } from "@/lib/deployments/diagnose";
import type { DeploymentDto } from "@/lib/deployments/schema";

/** Long enough for a node and an image: before that nobody wonders yet. */
const WORRY_MS = 15_000;
const ASK_MS = 10_000;

/** Whether a moment has passed, told when it does: somebody who deploys and stays on the page is to be told too. Begins with the server's clock. */
function useLaterThan(atMs: number, nowMs: number): boolean {
  const [passed, setPassed] = useState({ atMs, is: nowMs > atMs });
  useEffect(() => {
    const timer = setTimeout(() => setPassed({ atMs, is: true }), Math.max(0, atMs - Date.now()));
    return () => clearTimeout(timer);
  }, [atMs]);
  return passed.atMs === atMs ? passed.is : false;
}

/** Why replicas are missing on a cluster, asked again while they are. Below the deployment's key, so each change of it asks at once. */
export function useDiagnosis(project: string, d: DeploymentDto, nowMs: number) {
  const { wanted, ready } = d.status.replicas;
  const since = Date.parse(d.status.timeline[0]?.at ?? d.updatedAt);
  const worried = useLaterThan(since + WORRY_MS, nowMs);
  const asks = d.targetKind !== "local" && d.desiredState === "running" && (ready < wanted || d.phase === "Failed" || d.phase === "Degraded" || d.phase === "Pending") && worried;
  const query = useQuery({
    queryKey: [...keys.deployment(project, d.slug), "diagnosis"], enabled: asks, refetchInterval: ASK_MS,
    queryFn: ({ signal }) => fetchJson<Diagnosis>(`/api/v1/projects/${project}/deployments/${d.slug}/diagnosis`, { signal }),
  });
  return asks ? (query.data?.cause ?? null) : null;
}
