import type { Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/** The id behind a target's slug; null and undefined stay what they are. Throws unprocessable for one that is not there. */
export async function targetIdOf(tx: Tx, slug: string | null | undefined): Promise<string | null | undefined> {
  if (slug === null || slug === undefined) return slug;
  const row = await tx.target.findUnique({ where: { slug }, select: { id: true } });
  if (!row) throw new AppError("unprocessable", `There is no target named "${slug}".`, { fields: [{ path: "target", message: "is no target" }] });
  return row.id;
}
