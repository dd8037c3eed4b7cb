import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { getModel } from "@/lib/models/get-model";
import type { updateModelSchema } from "@/lib/models/schema";

export async function updateModel(actor: Actor, projectId: string, slug: string, ifMatch: string | null, input: z.output<typeof updateModelSchema>) {
  await db().$transaction(async (tx) => {
    const row = await tx.model.findUnique({ where: { projectId_slug: { projectId, slug } }, select: { id: true } });
    if (!row) throw notFound("model");
    const changed = await tx.model.updateMany({
      where: { id: row.id, ...(ifMatch === null ? {} : { rowVersion: Number(ifMatch.replace(/^v/, "")) || -1 }) },
      data: { name: input.displayName, description: input.description, rowVersion: { increment: 1 } },
    });
    if (changed.count === 0) throw new AppError("precondition_failed", "Somebody changed this model since you read it. Read it again, then repeat your change.");
    await writeAudit(tx, actor, { action: "model.update", subject: { kind: "model", id: slug }, projectId, detail: input });
  });
  return getModel(projectId, slug);
}
