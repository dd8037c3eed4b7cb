import { FETCH_EXIT } from "@/lib/serving/fetch-exit";

/** Why fetching ends, in words for whoever deploys. */
export class FetchFailure extends Error {
  constructor(readonly kind: keyof typeof FETCH_EXIT, message: string) {
    super(message);
  }
  get exitCode(): number {
    return FETCH_EXIT[this.kind];
  }
}

/** Passing: worth another try. */
export class Passing extends Error {
  constructor(message: string, readonly afterMs: number | null = null) {
    super(message);
  }
}

export function asDiskFailure(error: unknown, file: string): unknown {
  const { code } = error as { code?: string };
  if (code === "ENOSPC" || code === "EDQUOT") return new FetchFailure("disk", `The volume is full: ${file} does not fit. Choose a profile with more disk.`);
  if (code === "EACCES" || code === "EROFS" || code === "EPERM") return new FetchFailure("disk", `${file} cannot be written (${code}).`);
  return error;
}
