import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { ProjectInfo } from "@/lib/api/endpoint";
import type { Actor } from "@/lib/auth/actor";
import { actorOfUser } from "@/lib/auth/authenticate";
import { currentSession } from "@/lib/auth/current-session";
import { allows, seesProject, type Permission } from "@/lib/auth/permissions";
import { safeNextPath } from "@/lib/auth/safe-next-path";
import { findProject } from "@/lib/projects/find-project";

/** Set by services/web/main.ts on every request: path and query, for coming back after signing in. */
export const PATH_HEADER = "x-slipway-path";

/** Who looks at a page, or null. Once a request, however many layouts and pages ask. */
export const pageActor = cache(async (): Promise<Actor | null> => {
  const session = await currentSession(new Headers(await headers()));
  return session ? actorOfUser(session.userId) : null;
});

/** Who looks at a page of the portal. Leads to /sign-in, and from there back to this page, where nobody is signed in. */
export async function requirePageSession(): Promise<Actor> {
  const actor = await pageActor();
  if (actor) return actor;
  const path = safeNextPath((await headers()).get(PATH_HEADER)?.replace(/[?&]_rsc=[^&]*/, ""));
  redirect(path === "/app" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}

/** A page of a project: the not-found page where the project does not exist, or the reader lacks the right. */
export async function requirePageProject(slug: string, permission: Permission): Promise<{ actor: Actor; project: ProjectInfo }> {
  const actor = await requirePageSession();
  const project = await findProject(slug);
  if (!project || !seesProject(actor, project.id) || !allows(actor, permission, project.id)) notFound();
  return { actor, project };
}

/** A page of the instance (people, audit): the not-found page for whoever lacks the right. */
export async function requirePagePermission(permission: Permission): Promise<Actor> {
  const actor = await requirePageSession();
  if (!allows(actor, permission, null)) notFound();
  return actor;
}
