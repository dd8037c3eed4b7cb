import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { getMe } from "@/lib/users/get-me";

/** Changes one's own name. */
export async function updateMe(actor: Actor, input: { name: string }) {
  await db().$transaction(async (tx) => {
    await tx.user.update({ where: { id: actor.userId! }, data: { name: input.name } });
    await writeAudit(tx, actor, { action: "user.update", subject: { kind: "user", id: actor.userId! }, detail: input });
  });
  return getMe({ ...actor, label: input.name });
}
