import type { Tx } from "@/lib/db/client";

/** A list's bytes, a piece at a time. */
export async function* readChunks(tx: Tx, importId: string): AsyncGenerator<Uint8Array> {
  for (let n = 0; ; n++) {
    const chunk = await tx.leadImportChunk.findUnique({ where: { importId_n: { importId, n } }, select: { bytes: true } });
    if (!chunk) return;
    yield chunk.bytes;
  }
}
