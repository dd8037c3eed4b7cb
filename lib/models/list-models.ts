import { decodeCursor, page } from "@/lib/api/cursor";
import { db } from "@/lib/db/client";
import { MODEL_SELECT, presentModel } from "@/lib/models/present-model";

/** Models of a project by name; `search` matches anywhere in slug or display name. */
export async function listModels(projectId: string, query: { limit: number; cursor?: string; search?: string }) {
  const after = decodeCursor(query.cursor, ["text"]);
  const rows = await db().model.findMany({
    where: {
      projectId,
      ...(after ? { slug: { gt: String(after[0]) } } : {}),
      ...(query.search ? { OR: [{ slug: { contains: query.search.toLowerCase() } }, { name: { contains: query.search, mode: "insensitive" } }] } : {}),
    },
    select: MODEL_SELECT, orderBy: { slug: "asc" }, take: query.limit + 1,
  });
  return page(rows, query.limit, (m) => [m.slug], presentModel);
}
