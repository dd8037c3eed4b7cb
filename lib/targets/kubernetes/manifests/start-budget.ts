import type { RevisionContext } from "./context";

const MIB = 1024 * 1024;
/** Slowest reading of a model from the node's disk that is still counted as a start: gp3's floor is 125 MiB/s, shared with others. */
const LOAD_MIB_PER_SECOND = 50;
/** Slowest fetch over the network that is still counted as one. */
const FETCH_MIB_PER_SECOND = 20;
/** A node that has to be made first, and an image of up to 10 GiB to be pulled. */
const NODE_AND_IMAGE_SECONDS = 900;

export type StartBudget = { loadSeconds: number; fetchSeconds: number; totalSeconds: number };

/** How long a start may take before it counts as failed: from size, or three times what was measured where that is more. */
export function startBudget(r: RevisionContext): StartBudget {
  const mib = r.fetchBytes / MIB;
  const fromSize = r.shape.startBaseSeconds + mib / LOAD_MIB_PER_SECOND;
  const loadSeconds = Math.ceil(Math.max(fromSize, 3 * (r.cluster.startSeconds ?? 0)) / 10) * 10;
  const fetchSeconds = r.fetchBytes === 0 ? 0 : Math.ceil((60 + mib / FETCH_MIB_PER_SECOND) / 10) * 10;
  return { loadSeconds, fetchSeconds, totalSeconds: NODE_AND_IMAGE_SECONDS + fetchSeconds + loadSeconds };
}
