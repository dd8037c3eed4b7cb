import { randomUUID } from "node:crypto";
import type { Tx } from "@/lib/db/client";
import { publishRevoked } from "@/lib/auth/publish-revoked";

/** Replaces (or first sets) a person's password and ends all their sessions, in the caller's transaction. */
export async function setPassword(tx: Tx, userId: string, passwordHash: string): Promise<void> {
  const changed = await tx.account.updateMany({ where: { userId, providerId: "credential" }, data: { password: passwordHash } });
  if (changed.count === 0) await tx.account.create({ data: { id: randomUUID(), accountId: userId, providerId: "credential", userId, password: passwordHash } });
  await tx.session.deleteMany({ where: { userId } });
  await publishRevoked(tx, "user", userId);
}
