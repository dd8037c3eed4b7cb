import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { presentProject } from "@/lib/projects/present-project";
import type { updateProjectSchema } from "@/lib/projects/schema";

/** Changes a project's display name or quota. With `ifMatch`, only when nobody changed it since (412). */
export async function updateProject(actor: Actor, projectId: string, ifMatch: string | null, input: z.output<typeof updateProjectSchema>) {
  return db().$transaction(async (tx) => {
    const changed = await tx.project.updateMany({
      where: { id: projectId, ...(ifMatch === null ? {} : { version: Number(ifMatch.replace(/^v/, "")) || -1 }) },
      data: { name: input.displayName, quotaBytes: input.quotaBytes === undefined ? undefined : BigInt(input.quotaBytes), version: { increment: 1 } },
    });
    if (changed.count === 0) throw new AppError("precondition_failed", "Somebody changed this project since you read it. Read it again, then repeat your change.");
    const row = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
    await writeAudit(tx, actor, { action: "project.update", subject: { kind: "project", id: row.slug }, projectId, detail: input });
    return { project: presentProject(actor, row), etag: `v${row.version}` };
  });
}
