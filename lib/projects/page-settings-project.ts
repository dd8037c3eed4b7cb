import type { Actor } from "@/lib/auth/actor";
import { requirePageSession } from "@/lib/auth/page-session";
import { chosenProject } from "@/lib/projects/chosen-project";
import { findProject } from "@/lib/projects/find-project";
import { getMe } from "@/lib/users/get-me";
import type { MeDto } from "@/lib/users/me-schema";

export type SettingsProject = { id: string; slug: string; name: string; permissions: string[] };
export type ProjectChoice = { slug: string; name: string };

type Search = Promise<Record<string, string | string[] | undefined>>;

/**
 * The project that a page of the settings is about: the one in the address, else the chosen one, else the first. null where
 * the reader sees no project at all. A name in the address that the reader may not see counts as none.
 */
export async function pageSettingsProject(searchParams: Search): Promise<{ actor: Actor; me: MeDto; project: SettingsProject | null; choices: ProjectChoice[] }> {
  const actor = await requirePageSession();
  const [me, wish, search] = await Promise.all([getMe(actor), chosenProject(), searchParams]);
  const named = me.projects.find((p) => p.project === search.project) ?? me.projects.find((p) => p.project === wish) ?? me.projects[0];
  const found = named ? await findProject(named.project) : null;
  return {
    actor, me, choices: me.projects.map((p) => ({ slug: p.project, name: p.displayName })),
    project: found && named ? { id: found.id, slug: found.slug, name: found.name, permissions: named.permissions } : null,
  };
}
