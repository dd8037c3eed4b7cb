import { useQuery } from "@tanstack/react-query";
import { againIfFailed } from "@/components/query/should-retry";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { ActiveAlertDto } from "@/lib/alerts/schema";

/** Turns are told by the event stream (AlertsLive); values move without one: a page that shows them reads them again by itself. */
export const VALUES_MS = 15_000;

/** What fires and what is about to, everywhere one may look. One query for the sidebar, a deployment's strip and the lists. */
export function useActiveAlerts(refetchMs?: number) {
  return useQuery({ queryKey: keys.activeAlerts, queryFn: ({ signal }) => fetchJson<{ items: ActiveAlertDto[] }>("/api/v1/alerts/active", { signal }), refetchInterval: (q) => refetchMs ?? againIfFailed(q) });
}

/** What is to be counted: fires, and nobody said that it is known. */
export const calls = (a: ActiveAlertDto): boolean => a.phase === "firing" && a.silence === null;
