import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useProblem } from "@/components/form/use-problem";
import { toast } from "@/components/ui/toast";
import { fetchJson, LIMIT_MS } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";

/** A setting of a target that names a server elsewhere (`what`: the last part of its path): read, asked again, changed, forgotten. */
export function useTargetSource<T>(target: string, what: "cost-source" | "metrics-source", { forgotten, refetchMs }: { /** Said once it is forgotten. */ forgotten: string; refetchMs?: number }) {
  const client = useQueryClient();
  const path = `/api/v1/targets/${target}/${what}`;
  const queryKey = [...keys.targets, target, what];
  const source = useQuery({ queryKey, queryFn: ({ signal }) => fetchJson<T>(path, { signal }), refetchInterval: refetchMs });
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const { problem, attempt } = useProblem(() => undefined, []);
  const act = (run: () => Promise<void>) => attempt(async () => {
    setBusy(true);
    try {
      await run();
    } finally {
      setBusy(false);
    }
  });
  return {
    source, path, problem, busy, editing, edit: () => setEditing(true), cancel: () => setEditing(false),
    check: () => act(async () => void client.setQueryData(queryKey, await fetchJson<T>(`${path}/check`, { method: "POST", limitMs: LIMIT_MS.elsewhere }))),
    forget: () => act(async () => {
      await fetchJson(path, { method: "DELETE" });
      toast.success(forgotten);
      await source.refetch();
    }),
    saved: (next: T) => {
      client.setQueryData(queryKey, next);
      setEditing(false);
    },
  };
}
