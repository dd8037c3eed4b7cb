import { decodeCursor, page } from "@/lib/api/cursor";
import { db } from "@/lib/db/client";
import { presentTarget } from "@/lib/targets-catalogue/present-target";

// Beside lib/targets, which never touches the database: this is the list of targets an instance knows.

export async function listTargets(query: { limit: number; cursor?: string }) {
  const after = decodeCursor(query.cursor, ["text"]);
  const rows = await db().target.findMany({ where: after ? { slug: { gt: String(after[0]) } } : {}, orderBy: { slug: "asc" }, take: query.limit + 1 });
  return page(rows, query.limit, (t) => [t.slug], presentTarget);
}
