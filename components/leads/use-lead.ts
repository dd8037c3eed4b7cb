import { useQuery, useQueryClient } from "@tanstack/react-query";
import { asProblem } from "@/components/form/as-problem";
import { toast } from "@/components/ui/toast";
import { fetchJson, fetchWithEtag } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { LeadDetailDto } from "@/lib/leads/schema";

/** A lead, and its changes: each says what it did, or why it was not done. */
export function useLead(id: string) {
  const client = useQueryClient();
  const path = `/api/v1/leads/${id}`;
  const lead = useQuery({ queryKey: keys.lead(id), queryFn: ({ signal }) => fetchWithEtag<LeadDetailDto>(path, { signal }) });
  const attempt = async (run: () => Promise<unknown>, done?: string): Promise<boolean> => {
    try {
      await run();
      if (done) toast.success(done);
      return true;
    } catch (cause) {
      toast.error("Not saved", { description: asProblem(cause).detail });
      return false;
    } finally {
      await client.invalidateQueries({ queryKey: keys.leads });
    }
  };
  return {
    lead, path, attempt,
    change: (body: Record<string, unknown>, done?: string) => attempt(() => fetchJson(path, { method: "PATCH", body, ifMatch: lead.data?.etag }), done),
  };
}
export type LeadChange = ReturnType<typeof useLead>["change"];
