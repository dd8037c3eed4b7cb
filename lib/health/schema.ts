import { z } from "zod";
import { isoTime } from "@/lib/api/schema";

export const statusSchema = z.object({
  at: isoTime,
  processes: z.array(z.object({ kind: z.enum(["web", "worker", "gateway"]), host: z.string(), pid: z.number().int(), startedAt: isoTime, seenAt: isoTime, alive: z.boolean().meta({ description: "Heard of within 45 s" }) })),
  queues: z.array(z.object({ name: z.string(), waiting: z.number().int(), oldestSeconds: z.number().nullable().meta({ description: "null: nothing waits" }) })),
  database: z.object({ version: z.string(), sizeBytes: z.number(), connections: z.number().int(), maxConnections: z.number().int(), answerMs: z.number() }),
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }).nullable().meta({ description: "Where web keeps its files; null: could not be asked" }),
  jobs: z.array(z.object({ name: z.string(), everySeconds: z.number(), finishedAt: isoTime, tookMs: z.number(), succeededAt: isoTime.nullable(), error: z.string().nullable() })).meta({ description: "Periodic jobs of the worker, retention among them (sweep, partitions)" }),
  sources: z.array(z.object({ target: z.string(), kind: z.string(), ok: z.boolean().nullable().meta({ description: "null: never checked" }), message: z.string().nullable(), checkedAt: isoTime.nullable() })).meta({ description: "Metrics sources, by their last check" }),
  readiness: z.object({ database: z.enum(["ok", "failed"]), gateway: z.enum(["ok", "failed"]) }),
}).meta({ id: "Status" });
export type StatusDto = z.infer<typeof statusSchema>;
