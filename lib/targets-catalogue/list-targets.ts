import { decodeCursor, page } from "@/lib/api/cursor";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { targetOf } from "@/lib/targets/registry";
import type { Finding } from "@/lib/targets/target";

// Beside lib/targets, which never touches the database: this is the list of targets an instance knows.
type Row = { slug: string; name: string; kind: string; createdAt: Date };
const present = (t: Row) => ({ slug: t.slug, name: t.name, kind: t.kind, createdAt: t.createdAt.toISOString() });

export async function listTargets(query: { limit: number; cursor?: string }) {
  const after = decodeCursor(query.cursor, ["text"]);
  const rows = await db().target.findMany({ where: after ? { slug: { gt: String(after[0]) } } : {}, orderBy: { slug: "asc" }, take: query.limit + 1 });
  return page(rows, query.limit, (t) => [t.slug], present);
}

async function find(slug: string) {
  const row = await db().target.findUnique({ where: { slug } });
  if (!row) throw notFound("target");
  return row;
}

export const getTarget = async (slug: string) => present(await find(slug));

/** Throws bad_gateway when the target cannot be asked. */
export async function checkTarget(slug: string): Promise<Finding[]> {
  const row = await find(slug);
  return targetOf(row).check();
}
