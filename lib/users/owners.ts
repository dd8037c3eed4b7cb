import type { Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

const OWNERS_LOCK = 727101;

/** Held while anything decides by the number of owners, so that two such decisions never overlap. */
export async function lockOwners(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${OWNERS_LOCK}::bigint)`;
}

export const countOwners = (tx: Tx): Promise<number> => tx.user.count({ where: { instanceRole: "owner", disabledAt: null } });

/** After a change, under the lock: throws conflict when it would leave Slipway without an owner, which undoes it. */
export async function requireAnOwner(tx: Tx): Promise<void> {
  if ((await countOwners(tx)) === 0) throw new AppError("conflict", "This is the last owner. Make somebody else an owner first.");
}
