import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { LeadDto, LeadStage } from "@/lib/leads/schema";
import { stageLabel } from "./stage-words";

/** Moves leads between the board's columns: at once on the screen, back again where the server refuses. */
export function useMoveLead() {
  const client = useQueryClient();
  const [moved, setMoved] = useState<ReadonlyMap<string, LeadDto>>(new Map());
  const [said, setSaid] = useState("");
  const move = async (lead: LeadDto, stage: LeadStage) => {
    if (lead.stage === stage || moved.has(lead.id)) return;
    setMoved((m) => new Map(m).set(lead.id, { ...lead, stage }));
    try {
      await fetchJson(`/api/v1/leads/${lead.id}`, { method: "PATCH", body: { stage }, ifMatch: lead.etag });
      setSaid(`${lead.name} is in ${stageLabel(stage)} now.`);
    } catch (cause) {
      toast.error(`${lead.name} was not moved`, { description: asProblem(cause).detail });
    }
    await client.invalidateQueries({ queryKey: keys.leads });
    setMoved((m) => { const next = new Map(m); next.delete(lead.id); return next; });
  };
  return { moved, move, said };
}
