import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";

/** Deletes a secret. A deployment that names it cannot start new replicas until it is set again. */
export async function deleteSecret(actor: Actor, projectId: string, name: string): Promise<void> {
  requirePermission(actor, "secret.write", projectId);
  await db().$transaction(async (tx) => {
    const gone = await tx.secret.deleteMany({ where: { projectId, name } });
    if (gone.count === 0) throw notFound("secret");
    await writeAudit(tx, actor, { action: "secret.delete", subject: { kind: "secret", id: name }, projectId });
  });
}
