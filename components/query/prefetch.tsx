import { dehydrate, type QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { makeQueryClient } from "./make-query-client";
import { Hydrate } from "./query-provider";

export type Prefetched = { queryKey: QueryKey; queryFn: () => Promise<unknown> };

/**
 * Reads on the server what the queries below will ask for, so that the page arrives whole. Keys and shapes are those of the
 * client's queries. What fails here is asked again by the browser, which shows its error and a way to retry.
 */
export async function Prefetch({ queries, children }: { queries: Prefetched[]; children: ReactNode }) {
  const client = makeQueryClient();
  await Promise.all(queries.map((q) => client.prefetchQuery({ ...q, retry: false })));
  return <Hydrate state={dehydrate(client)}>{children}</Hydrate>;
}
