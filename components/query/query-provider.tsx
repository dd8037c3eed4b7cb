"use client";
import "@/lib/api/browser-zod";
import { HydrationBoundary, QueryClientProvider, type DehydratedState } from "@tanstack/react-query";
import { useMemo, useState, type ReactNode } from "react";
import { makeQueryClient } from "./make-query-client";

/** Holds the tab's query client; once, in the portal's layout. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(makeQueryClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

/** Hands what a page prefetched on the server (`dehydrate(client)` of a makeQueryClient(), as JSON) to the queries below. */
export function Hydrate({ state, children }: { state: string; children: ReactNode }) {
  const read = useMemo(() => JSON.parse(state) as DehydratedState, [state]);
  return <HydrationBoundary state={read}>{children}</HydrationBoundary>;
}
