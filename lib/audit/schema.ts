import { z } from "zod";
import { isoTime, slugSchema } from "@/lib/api/schema";

export const auditQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
  actor: z.string().min(1).max(100).optional().meta({ description: "Id of a person or token" }),
  action: z.string().min(1).max(60).regex(/^[a-z.-]+$/, "must be like deployment.create, or deployment. for all of them").optional(),
  project: slugSchema.optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});
export const auditEntrySchema = z.object({
  seq: z.number().int(), at: isoTime,
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  action: z.string(), subject: z.object({ kind: z.string(), id: z.string() }), project: z.string().nullable(), requestId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()), hash: z.string(),
}).meta({ id: "AuditEntry" });
export type AuditEntryDto = z.infer<typeof auditEntrySchema>;
export const auditVerdictSchema = z.object({
  intact: z.boolean(), rows: z.number().int().meta({ description: "Rows found right" }), head: z.string().nullable().meta({ description: "Hash of the newest row: note it elsewhere to notice a cut end" }),
  brokenAt: z.string().nullable(), reason: z.string().nullable(),
}).meta({ id: "AuditVerdict" });
