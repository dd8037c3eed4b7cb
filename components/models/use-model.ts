import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { ModelDto } from "@/lib/models/schema";

/** The model, as its page prefetched it. */
export const useModel = (project: string, model: string) =>
  useQuery({ queryKey: keys.model(project, model), queryFn: ({ signal }) => fetchJson<ModelDto>(`/api/v1/projects/${project}/models/${model}`, { signal }) });
