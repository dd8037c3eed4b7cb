import { type ImportDto, type ImportProgress, NO_PROGRESS } from "@/lib/models/import/schema";

type Row = {
  id: string; state: string; request: unknown; progress: unknown; error: string | null; versionNumber: number | null; attempts: number;
  createdAt: Date; createdBy: string; finishedAt: Date | null;
};

export function presentImport(row: Row): ImportDto {
  return {
    id: row.id, state: row.state as ImportDto["state"], request: row.request as ImportDto["request"],
    progress: { ...NO_PROGRESS, ...(row.progress as Partial<ImportProgress>) },
    error: row.error, version: row.versionNumber, attempts: row.attempts,
    createdAt: row.createdAt.toISOString(), createdBy: row.createdBy, finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
