import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { onUniqueViolation } from "@/lib/db/unique-violation";
import { AppError } from "@/lib/errors";
import { getModel } from "@/lib/models/get-model";
import type { createModelSchema } from "@/lib/models/schema";

/** Throws already_exists when the project has a model of this name. */
export async function createModel(actor: Actor, projectId: string, input: z.output<typeof createModelSchema>) {
  await db().$transaction(async (tx) => {
    await tx.model.create({ data: { projectId, slug: input.name, name: input.displayName ?? input.name, description: input.description ?? "" } });
    await writeAudit(tx, actor, { action: "model.create", subject: { kind: "model", id: input.name }, projectId });
  }).catch(onUniqueViolation(() => new AppError("already_exists", `This project has a model named "${input.name}" already.`)));
  return getModel(projectId, input.name);
}
