import { useQuery } from "@tanstack/react-query";
import { fetchAllPages } from "@/lib/api-client/fetch-all-pages";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { Fit } from "@/lib/profiles/fit";
import type { Profile } from "@/lib/profiles/schema";

/** A version, as it is asked about. */
export type VersionRef = { project: string; model: string; version: number };

export const fitKey = (v: VersionRef) => [...keys.versions(v.project, v.model), v.version, "fit"] as const;
export type FitItems = { items: { profile: string; fit: Fit }[] };

/** Every profile of the catalogue, local ones first. */
export const useCatalogue = () => useQuery({ queryKey: keys.profiles, queryFn: ({ signal }) => fetchAllPages<Profile>("/api/v1/profiles", signal), staleTime: 5 * 60_000 });

/** Those that a target offers. */
export const useOffered = (target: string) => useQuery({ queryKey: [...keys.profiles, "of", target], queryFn: ({ signal }) => fetchAllPages<Profile>(`/api/v1/profiles?target=${encodeURIComponent(target)}`, signal), staleTime: 5 * 60_000 });

/** Whether a version fits each profile, by the profile's slug. null: no version is asked about. */
export const useFits = (v: VersionRef | null) => useQuery({
  queryKey: v ? fitKey(v) : ["no-version"], enabled: v !== null, staleTime: 5 * 60_000,
  queryFn: ({ signal }) => fetchJson<FitItems>(`/api/v1/projects/${v!.project}/models/${v!.model}/versions/${v!.version}/fit`, { signal }),
  select: (body) => new Map(body.items.map((i) => [i.profile, i.fit])),
});
