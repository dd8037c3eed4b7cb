import { useQuery } from "@tanstack/react-query";
import { useVersions } from "@/components/models/use-versions";
import { useCatalogue } from "@/components/profiles/use-catalogue";
import { fetchAllPages } from "@/lib/api-client/fetch-all-pages";
import { keys } from "@/lib/api-client/query-keys";
import type { EnvironmentDto } from "@/lib/environments/schema";
import type { VersionDto } from "@/lib/models/schema";
import type { Profile } from "@/lib/profiles/schema";
import type { TargetDto } from "@/lib/targets-catalogue/schema";
import type { SecretDto } from "@/lib/secrets/schema";

export type DeployOptions = { versions: VersionDto[]; profiles: Profile[]; targets: TargetDto[]; environments: EnvironmentDto[]; secrets: SecretDto[] };

/** Everything the wizard chooses from. `data` is null until all of it is there. */
export function useDeployOptions(project: string, model: string): { data: DeployOptions | null; error: unknown; retry: () => void } {
  const versions = useVersions(project, model);
  const profiles = useCatalogue();
  const targets = useQuery({ queryKey: keys.targets, queryFn: ({ signal }) => fetchAllPages<TargetDto>("/api/v1/targets", signal) });
  const environments = useQuery({ queryKey: [...keys.environments(project), "all"], queryFn: ({ signal }) => fetchAllPages<EnvironmentDto>(`/api/v1/projects/${project}/environments`, signal) });
  const secrets = useQuery({ queryKey: [...keys.secrets(project), "all"], queryFn: ({ signal }) => fetchAllPages<SecretDto>(`/api/v1/projects/${project}/secrets`, signal) });
  const asked = [profiles, targets, environments, secrets];
  return {
    data: !versions.loading && profiles.data && targets.data && environments.data && secrets.data ? { versions: versions.items, profiles: profiles.data, targets: targets.data, environments: environments.data, secrets: secrets.data } : null,
    error: versions.error ?? asked.find((q) => q.isError && !q.data)?.error ?? null,
    retry: () => { versions.retry(); for (const q of asked) if (q.isError) void q.refetch(); },
  };
}
