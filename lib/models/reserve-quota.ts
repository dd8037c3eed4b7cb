import type { Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

export const quotaExceeded = (leftBytes?: number) => new AppError(
  "quota_exceeded", "The project's storage quota would be exceeded. Delete versions you no longer need, or ask a platform person for more.",
  leftBytes === undefined ? {} : { extra: { leftBytes: Math.max(0, leftBytes) } },
);

/** Takes bytes of the project's quota, in one statement, so that parallel uploads never take more than there is. */
export async function reserve(tx: Tx, projectId: string, bytes: bigint): Promise<void> {
  if (bytes === 0n) return;
  const taken = await tx.$executeRaw`UPDATE "Project" SET "usedBytes" = "usedBytes" + ${bytes} WHERE id = ${projectId}::uuid AND "usedBytes" + ${bytes} <= "quotaBytes"`;
  if (taken === 0) throw quotaExceeded();
}
