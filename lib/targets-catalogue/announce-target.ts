import type { Tx } from "@/lib/db/client";

/** Tells the workers, at commit, that the targets changed. A pointer; their list on a timer is the truth. */
export const announceTargets = (tx: Tx) => tx.$executeRaw`SELECT pg_notify('slipway_targets', '')`;
