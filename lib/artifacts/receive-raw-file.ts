import { parseContentDigest } from "@/lib/artifacts/content-digest";
import type { ArtifactStore, FinishedBlob } from "@/lib/artifacts/store";
import { AppError } from "@/lib/errors";

export type ReceiveOptions = {
  /** What is left for this file, in bytes: the smaller of the file limit and the project's quota. */
  maxBytes: number;
  /** From Content-Length, when the sender told. A body that ends elsewhere is refused. */
  expectedLength?: number;
  /** The `Content-Digest` header as it came. */
  contentDigest?: string | null;
  /** SHA-256 (hex) known from elsewhere, such as a repository's listing. */
  expectedSha256?: string;
  /** Told the bytes received so far, at most about every 8 MiB. */
  onProgress?: (receivedBytes: number) => void;
  signal?: AbortSignal;
};

type Source = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** A reader loop: handing a web stream to Readable.fromWeb first would cost another queue and copy of the control flow. */
async function* chunksOf(source: Source): AsyncGenerator<Uint8Array> {
  if (!("getReader" in source)) {
    yield* source;
    return;
  }
  const reader = source.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        ended = true;
        return;
      }
      yield value;
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}

/**
 * Streams one file into the store, hashing on the way. Either it is there whole and verified, or nothing is.
 * Throws `too_large`, `disk_full`, `digest_mismatch`, `upload_incomplete` (the sender left) and `invalid_request`.
 */
export async function receiveFile(store: ArtifactStore, source: Source, options: ReceiveOptions): Promise<FinishedBlob> {
  const promised = [parseContentDigest(options.contentDigest), options.expectedSha256?.toLowerCase()].filter((d): d is string => Boolean(d));
  if (options.expectedLength !== undefined && options.expectedLength > options.maxBytes) {
    throw new AppError("too_large", `The file has ${options.expectedLength} bytes; ${options.maxBytes} are left for it.`, { extra: { maxBytes: options.maxBytes } });
  }
  const writer = await store.createWriter({ maxBytes: options.maxBytes });
  try {
    let reportedAt = 0;
    try {
      for await (const chunk of chunksOf(source)) {
        options.signal?.throwIfAborted();
        await writer.write(chunk);
        if (options.onProgress && writer.sizeBytes - reportedAt >= 8 << 20) options.onProgress((reportedAt = writer.sizeBytes));
      }
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError("upload_incomplete", "The transfer ended before the whole file was here. Nothing was kept; send it again, or use a resumable upload.", { cause: error });
    }
    if (options.expectedLength !== undefined && writer.sizeBytes !== options.expectedLength) {
      throw new AppError("upload_incomplete", `${writer.sizeBytes} of the ${options.expectedLength} announced bytes arrived. Nothing was kept; send the file again.`);
    }
    const actual = await writer.digest();
    if (promised.some((digest) => digest !== actual)) {
      throw new AppError("digest_mismatch", "The bytes that arrived do not have the SHA-256 that was announced. Nothing was kept; send the file again.", { extra: { expected: promised[0], actual } });
    }
    return await writer.commit();
  } finally {
    await writer.abort();
  }
}
