import { cookies } from "next/headers";
import { slugSchema } from "@/lib/api/schema";
import { CHOSEN_PROJECT_COOKIE } from "@/lib/projects/chosen-project-cookie";

/**
 * The project chosen in the sidebar, by its slug; null: all of them. Only a wish that this browser keeps: whoever reads it
 * still asks whether the actor may see that project.
 */
export async function chosenProject(): Promise<string | null> {
  const slug = slugSchema.safeParse((await cookies()).get(CHOSEN_PROJECT_COOKIE)?.value);
  return slug.success ? slug.data : null;
}
