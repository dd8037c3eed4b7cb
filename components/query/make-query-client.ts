import { QueryClient } from "@tanstack/react-query";
import { againIfFailed, shouldRetry } from "./should-retry";

/** A client with Slipway's defaults. On the server: one a request, for prefetching; in the browser: one a tab. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Live parts are refreshed by the event stream; half a minute keeps navigation instant in between.
      queries: { staleTime: 30_000, gcTime: 10 * 60_000, retry: shouldRetry, retryDelay: (n) => Math.min(500 * 2 ** n, 8_000), refetchInterval: againIfFailed },
      // A change is never sent twice by itself: whether the first one arrived is not known here.
      mutations: { retry: false },
    },
  });
}
