import type { QueryClient, QueryKey } from "@tanstack/react-query";

const waiting = new WeakMap<QueryClient, Map<string, QueryKey>>();

/**
 * Reads again what changed. Whatever asks for one key within one event asks once, since each asking would cut off the reading that the one
 * before began; and what lies below a key (measures, events, a diagnosis) is read after it, so that what people look at first is there first.
 */
export function readAgain(client: QueryClient, keys: readonly QueryKey[]): void {
  const asked = waiting.get(client);
  const list = asked ?? new Map<string, QueryKey>();
  for (const key of keys) list.set(JSON.stringify(key), key);
  if (asked) return;
  waiting.set(client, list);
  queueMicrotask(() => {
    waiting.delete(client);
    for (const queryKey of list.values()) {
      void client.invalidateQueries({ queryKey, exact: true }).finally(() => void client.invalidateQueries({ queryKey, predicate: (q) => q.queryKey.length > queryKey.length }));
    }
  });
}
