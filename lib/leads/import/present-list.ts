import type { LeadImport } from "@/lib/db/generated/client";
import { type LeadListDto, NO_COUNTS } from "@/lib/leads/import/schema";

export const presentList = (l: LeadImport): LeadListDto => ({
  id: l.id, filename: l.filename, bytes: l.bytes, encoding: l.encoding as LeadListDto["encoding"], delimiter: l.delimiter as LeadListDto["delimiter"], headers: l.headers as string[], mapping: l.mapping as LeadListDto["mapping"], origin: l.origin, basis: l.basis,
  state: l.state, rowsDone: l.rowsDone, rows: l.rows, counts: { ...NO_COUNTS, ...(l.counts as object) }, fault: l.fault, createdBy: l.createdBy, createdAt: l.createdAt.toISOString(), finishedAt: l.finishedAt?.toISOString() ?? null,
});
