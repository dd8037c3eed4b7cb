import type { ProjectInfo } from "@/lib/api/endpoint";
import { pool } from "@/lib/db/pool";

/** The project with this slug, or null. For the edge: verbs get its id. */
export async function findProject(slug: string): Promise<ProjectInfo | null> {
  const { rows } = await pool().query<ProjectInfo>({ name: "find-project", text: `SELECT id, slug, name FROM "Project" WHERE slug = $1`, values: [slug] });
  return rows[0] ?? null;
}
