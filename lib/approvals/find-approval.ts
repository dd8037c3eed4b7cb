import { WITH_NAMES } from "@/lib/approvals/present-approval";
import type { Tx } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";

/** The row, locked until the transaction ends. Throws not_found, and conflict when it does not wait any more. */
export async function findWaiting(tx: Tx, projectId: string, id: string) {
  await tx.$queryRaw`SELECT id FROM "Approval" WHERE id = ${id}::uuid AND "projectId" = ${projectId}::uuid FOR UPDATE`;
  const row = await tx.approval.findFirst({ where: { id, projectId }, include: WITH_NAMES });
  if (!row) throw notFound("approval");
  if (row.state !== "waiting") throw new AppError("conflict", `This request was ${row.state} already${row.decidedBy ? `, by ${row.decidedBy}` : ""}.`);
  return row;
}
