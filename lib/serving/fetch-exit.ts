/** Exit codes of the container that fetches files; what it says stands in its termination message. */
export const FETCH_EXIT = {
  /** A file, or the list of files, is not the one that was approved. */
  digestMismatch: 65,
  /** Slipway could not be reached, or kept breaking off. */
  unreachable: 75,
  /** Slipway does not give these files: the deployment is gone, or its version may not run. */
  refused: 77,
  /** The volume is full or cannot be written. */
  disk: 74,
} as const;
