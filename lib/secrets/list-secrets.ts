import { decodeCursor, page } from "@/lib/api/cursor";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import type { SecretDto } from "@/lib/secrets/schema";

/** Names of a project's secrets and when they changed. The ciphertext is not even read. */
export async function listSecrets(actor: Actor, projectId: string, query: { limit: number; cursor?: string }) {
  requirePermission(actor, "secret.read", projectId);
  const after = decodeCursor(query.cursor, ["text"]);
  const rows = await db().secret.findMany({
    where: { projectId, ...(after ? { name: { gt: String(after[0]) } } : {}) }, orderBy: { name: "asc" }, take: query.limit + 1, select: { name: true, createdAt: true, updatedAt: true },
  });
  return page(rows, query.limit, (s) => [s.name], presentSecret);
}

export const presentSecret = (s: { name: string; createdAt: Date; updatedAt: Date }): SecretDto => ({ name: s.name, createdAt: s.createdAt.toISOString(), updatedAt: s.updatedAt.toISOString() });
