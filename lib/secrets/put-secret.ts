import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { presentSecret } from "@/lib/secrets/list-secrets";
import { seal } from "@/lib/secrets/seal";
import type { SecretDto } from "@/lib/secrets/schema";

/** Binds a ciphertext to its place: copied to another project or name it does not open. */
export const secretContext = (projectId: string, name: string): string => `secret:${projectId}:${name}`;

/** Sets a secret of a project. `created` tells whether it is new. Deployments see it from their next revision or restart. */
export async function putSecret(actor: Actor, projectId: string, name: string, value: string): Promise<{ secret: SecretDto; created: boolean }> {
  requirePermission(actor, "secret.write", projectId);
  const ciphertext = new Uint8Array(Buffer.from(seal(value, secretContext(projectId, name)), "utf8"));
  return db().$transaction(async (tx) => {
    const before = await tx.secret.findUnique({ where: { projectId_name: { projectId, name } }, select: { id: true } });
    const row = await tx.secret.upsert({
      where: { projectId_name: { projectId, name } }, create: { projectId, name, ciphertext }, update: { ciphertext }, select: { name: true, createdAt: true, updatedAt: true },
    });
    await writeAudit(tx, actor, { action: before ? "secret.update" : "secret.create", subject: { kind: "secret", id: name }, projectId });
    return { secret: presentSecret(row), created: !before };
  });
}
