import { dehydrate, type QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { AppError } from "@/lib/errors";
import { createLogger } from "@/lib/logger";
import { makeQueryClient } from "./make-query-client";
import { Hydrate } from "./query-provider";

export type Prefetched = { queryKey: QueryKey; queryFn: () => Promise<unknown> };

/**
 * Reads on the server what the queries below will ask for, so that the page arrives whole. Keys and shapes are those of the
 * client's queries. What fails here is asked again by the browser, which shows its error and a way to retry; a fault of ours is logged,
 * since the second try may hide it.
 */
export async function Prefetch({ queries, children }: { queries: Prefetched[]; children: ReactNode }) {
  const client = makeQueryClient();
  await Promise.all(queries.map((q) => client.fetchQuery({ ...q, retry: false }).catch((error: unknown) => report(q.queryKey, error))));
  // As one string: what the API answers with is JSON anyway, and React would else walk through every point of every series twice on its way to the page.
  return <Hydrate state={JSON.stringify(dehydrate(client))}>{children}</Hydrate>;
}

/** A refusal that was made for the reader, like not_found, is no fault. */
function report(queryKey: QueryKey, error: unknown): void {
  if (error instanceof AppError) return;
  createLogger("web").error({ err: error, queryKey }, "a page's data could not be read on the server");
}
