import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";

/** A target's row with the number of deployments on it. Throws not_found. */
export async function findTarget(slug: string) {
  const row = await db().target.findUnique({ where: { slug }, include: { _count: { select: { deployments: true } } } });
  if (!row) throw notFound("target");
  return row;
}
