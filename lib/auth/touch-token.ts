import { db } from "@/lib/db/client";

const EVERY_MS = 60_000;

/** Notes the last use of a token, at most once a minute, beside the request rather than in it. */
export function touchToken(id: string, lastUsedAt: Date | null): void {
  if (lastUsedAt && Date.now() - lastUsedAt.getTime() < EVERY_MS) return;
  void db().apiToken.updateMany({ where: { id }, data: { lastUsedAt: new Date() } }).catch(() => undefined);
}
