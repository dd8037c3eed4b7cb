import { AppError } from "@/lib/errors";

/** A full disk, a full quota of the file system and a file larger than it allows all mean the same to who uploads: no room. */
export function asDiskError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG") {
    return new AppError("disk_full", "The disk that keeps the models is full. Nothing of this file was kept as a model; free some space, or ask a platform engineer, and try again.", { cause: error });
  }
  return error;
}

export const tooLarge = (maxBytes: number) => new AppError("too_large", `The file is larger than the ${maxBytes} bytes that are left for it.`, { extra: { maxBytes } });
