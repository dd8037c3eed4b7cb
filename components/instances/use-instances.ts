import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { InstanceTypeList } from "@/lib/prices/instance-type";
import type { PriceReadingDto } from "@/lib/prices/list-readings";

export type PriceReadings = { items: PriceReadingDto[]; accounts: string[] };

/** Every instance type on file of a region. */
export const useInstances = (region: string) => useQuery({
  queryKey: keys.instanceTypes(region), staleTime: 5 * 60_000, placeholderData: keepPreviousData,
  queryFn: ({ signal }) => fetchJson<InstanceTypeList>(`/api/v1/instance-types?region=${encodeURIComponent(region)}`, { signal }),
});

/** Where prices come from, and how the last reading went. */
export const usePriceReadings = () => useQuery({ queryKey: keys.prices, staleTime: 60_000, queryFn: ({ signal }) => fetchJson<PriceReadings>("/api/v1/prices", { signal }) });

/** Reads prices now; what shows prices is read anew. `regions` undefined: all that targets are in. */
export function useRefreshPrices() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (regions: string[] | undefined) => fetchJson<PriceReadings>("/api/v1/prices/refresh", { body: regions ? { regions } : {} }),
    onSuccess: async (answer) => {
      client.setQueryData(keys.prices, answer);
      await Promise.all([client.invalidateQueries({ queryKey: ["instance-types"] }), client.invalidateQueries({ queryKey: keys.profiles })]);
    },
  });
}
