import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { secretContext } from "@/lib/secrets/put-secret";
import { open } from "@/lib/secrets/seal";

/** For the worker alone: the values of a project's secrets by name. Throws not_ready naming those that are not set. */
export async function resolveSecrets(projectId: string, names: string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const rows = await db().secret.findMany({ where: { projectId, name: { in: names } }, select: { name: true, ciphertext: true } });
  const found = new Map(rows.map((row) => [row.name, open(Buffer.from(row.ciphertext).toString("utf8"), secretContext(projectId, row.name))]));
  const missing = names.filter((name) => !found.has(name));
  if (missing.length > 0) throw new AppError("not_ready", `Not set in this project: ${missing.join(", ")}. Set ${missing.length > 1 ? "them" : "it"} under Settings, Secrets.`);
  return found;
}
