import { z } from "zod";
import { isoTime, slugSchema } from "@/lib/api/schema";
import type { Drill } from "@/lib/db/generated/client";
import { recoverySeconds, type DrillProgress } from "@/lib/drills/step-drill";

/** The name is typed again: a drill takes replicas away from people who are served. */
export const startDrillSchema = z.strictObject({ confirm: slugSchema.meta({ description: "The deployment's name, once more" }) }).meta({ id: "StartDrill", examples: [{ confirm: "card-scoring" }] });

export const drillSchema = z.object({
  id: z.uuid(), state: z.enum(["running", "done", "failed"]), step: z.enum(["cordon", "evict", "recover", "uncordon", "over"]), node: z.string().nullable(), replicasTaken: z.number().int(),
  blockedBy: z.string().nullable().meta({ description: "A disruption budget's words, while it forbids the eviction" }),
  unservedSeconds: z.number().nullable().meta({ description: "In which no replica was ready, looked at twice a second; null: nothing was taken away yet" }),
  recoverySeconds: z.number().nullable().meta({ description: "From the first eviction until as many replicas were ready as before" }),
  newReplica: z.string().nullable(), newNode: z.string().nullable(), failure: z.string().nullable(), requestedBy: z.string(), startedAt: isoTime, finishedAt: isoTime.nullable(),
}).meta({ id: "Drill" });
export type DrillDto = z.infer<typeof drillSchema>;

export function presentDrill(row: Drill): DrillDto {
  const p = row.progress as unknown as DrillProgress;
  return {
    id: row.id, state: row.state as DrillDto["state"], step: p.step, node: p.node, replicasTaken: p.leaving.length, blockedBy: p.blockedBy, unservedSeconds: p.evictedAt === null ? null : p.unservedMs / 1000, recoverySeconds: recoverySeconds(p),
    newReplica: p.newReplica, newNode: p.newNode, failure: p.failure, requestedBy: row.requestedBy, startedAt: row.startedAt.toISOString(), finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
