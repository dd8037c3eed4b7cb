import { z } from "zod";

const KEY = "slipway-uploads";
/** The server removes an upload that no version uses after a day. */
const KEPT_MS = 24 * 3_600_000;

const recordSchema = z.object({
  id: z.string(), project: z.string(), model: z.string(), startedAtMs: z.number(), owner: z.string(),
  files: z.array(z.object({ path: z.string(), sizeBytes: z.number(), modifiedMs: z.number(), uploadUrl: z.string().nullable() })).min(1),
});

/** What is needed to go on with an upload after a reload: where each file stands on the server, and how to know it again. */
export type UploadRecord = z.infer<typeof recordSchema>;

/** The uploads of `owner` that this browser has not finished. What is damaged or too old is left out. */
export function readRecords(owner: string, nowMs: number): UploadRecord[] {
  try {
    const parsed = z.array(z.unknown()).parse(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
    return parsed.flatMap((r) => { const one = recordSchema.safeParse(r); return one.success && nowMs - one.data.startedAtMs < KEPT_MS && one.data.owner === owner ? [one.data] : []; });
  } catch {
    return [];
  }
}

/** Keeps a record, in place of the one with its id; null removes it. Without storage an upload still works, it only cannot outlive the page. */
export function keepRecord(id: string, record: UploadRecord | null): void {
  try {
    const others = z.array(z.looseObject({ id: z.string() })).catch([]).parse(JSON.parse(localStorage.getItem(KEY) ?? "[]")).filter((r) => r.id !== id);
    localStorage.setItem(KEY, JSON.stringify(record ? [...others, record] : others));
  } catch {
    // Storage is full or forbidden.
  }
}

/** On signing out: names of files and projects stay behind for nobody. An upload that was under way is then begun anew. */
export function forgetRecords(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Storage is forbidden, so nothing was kept.
  }
}

/** Whether a file chosen again is the one the record began with. */
export const isSameFile = (file: { sizeBytes: number; modifiedMs: number }, again: File): boolean => file.sizeBytes === again.size && file.modifiedMs === again.lastModified;
