import { useQuery } from "@tanstack/react-query";
import { useLive } from "@/components/live/live-provider";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { ActiveAlertDto } from "@/lib/alerts/schema";

/** Turns are told by the event stream; values move without one. */
const REFRESH_MS = { page: 15_000, background: 60_000 };

/** What fires and what is about to, everywhere one may look. One query for the sidebar, the home page, a deployment's strip and the list. */
export function useActiveAlerts(shown: keyof typeof REFRESH_MS = "background") {
  useLive("alerts", [keys.alerts]);
  return useQuery({ queryKey: keys.activeAlerts, queryFn: ({ signal }) => fetchJson<{ items: ActiveAlertDto[] }>("/api/v1/alerts/active", { signal }), refetchInterval: REFRESH_MS[shown] });
}

/** What is to be counted: fires, and nobody said that it is known. */
export const calls = (a: ActiveAlertDto): boolean => a.phase === "firing" && a.silence === null;
