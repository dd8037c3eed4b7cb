import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { ReadableFile } from "./types";

/**
 * Opens a stored file for inspection. Links and anything that is not a regular file are refused by the open itself, so no name can lead elsewhere.
 * Close it with `await using` (and then `return await` what reads it: a bare `return` closes the file first), or by `[Symbol.asyncDispose]()`.
 */
export async function openReadable(absolutePath: string, pathInSet: string): Promise<ReadableFile & AsyncDisposable> {
  const handle = await open(absolutePath, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new Error("Only regular files can be inspected.");
    return {
      path: pathInSet,
      sizeBytes: stat.size,
      async read(offset, length) {
        const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, stat.size - offset)));
        let filled = 0;
        while (filled < buffer.length) {
          const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, offset + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return buffer.subarray(0, filled);
      },
      [Symbol.asyncDispose]: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
