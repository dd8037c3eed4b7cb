import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { presentList } from "@/lib/leads/import/present-list";
import { previewOf } from "@/lib/leads/import/preview-list";
import { type LeadListDto, MOST_BYTES } from "@/lib/leads/import/schema";

const CHUNK_BYTES = 512 * 1024;

/** Keeps a list's file, piece by piece as it comes, and finds out how it is written. Nothing of it is taken over yet. */
export async function uploadList(actor: Actor, filename: string, body: AsyncIterable<Uint8Array> | null): Promise<LeadListDto> {
  requirePermission(actor, "lead.manage", null);
  return db().$transaction(async (tx) => {
    const made = await tx.leadImport.create({ data: { filename, bytes: 0, encoding: "utf-8", delimiter: ",", headers: [], counts: {}, createdById: actor.id, createdBy: actor.label } });
    let bytes = 0;
    let n = 0;
    let beginning: Uint8Array | null = null;
    for await (const chunk of inPieces(body ?? [], CHUNK_BYTES)) {
      if ((bytes += chunk.byteLength) > MOST_BYTES) throw new AppError("too_large", `A list may have at most ${MOST_BYTES / 1024 / 1024} MiB. Split it.`);
      beginning ??= chunk;
      await tx.leadImportChunk.create({ data: { importId: made.id, n: n++, bytes: new Uint8Array(chunk) }, select: { n: true } });
    }
    if (!beginning) throw new AppError("invalid_request", "The file is empty.");
    const { encoding, delimiter, headers } = await previewOf(beginning);
    if (headers.length === 0) throw new AppError("unprocessable", "The file has no heading that can be read. Save it as CSV with a first row that names its columns.");
    const row = await tx.leadImport.update({ where: { id: made.id }, data: { bytes, encoding, delimiter, headers } });
    await writeAudit(tx, actor, { action: "lead.list-upload", subject: { kind: "lead-list", id: made.id }, detail: { bytes } });
    return presentList(row);
  }, { timeout: 300_000 });
}

async function* inPieces(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let held = Buffer.alloc(0);
  for await (const part of body) {
    held = Buffer.concat([held, part]);
    for (; held.length >= size; held = held.subarray(size)) yield held.subarray(0, size);
  }
  if (held.length > 0) yield held;
}
