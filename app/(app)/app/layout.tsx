import type { ReactNode } from "react";
import { LiveProvider } from "@/components/live/live-provider";
import { PortalFrame } from "@/components/shell/portal-frame";
import { UploadProvider } from "@/components/upload/upload-provider";
import { requirePageSession } from "@/lib/auth/page-session";
import { env } from "@/lib/env";
import { chosenProject } from "@/lib/projects/chosen-project";
import { getMe } from "@/lib/users/get-me";

/** The portal's frame. It keeps nobody out by itself: every page asks for its own rights, since a layout is not rendered again on each visit. */
export default async function PortalShellLayout({ children }: { children: ReactNode }) {
  const actor = await requirePageSession();
  const [me, wish] = await Promise.all([getMe(actor), chosenProject()]);
  const projects = me.projects.map((p) => ({ slug: p.project, name: p.displayName }));
  // Without a public site nobody writes to us: leads are not offered. Their pages stay, so that what is there can still be deleted.
  const offered = me.permissions.filter((p) => p !== "lead.manage" || env().SLIPWAY_PUBLIC_SITE === "on");
  return (
    <LiveProvider>
    <PortalFrame
      user={{ name: me.user?.name ?? me.name, email: me.user?.email ?? "", role: me.instanceRole ?? undefined }}
      projects={projects} chosen={projects.some((p) => p.slug === wish) ? wish : null}
      mayCreateProject={me.permissions.includes("project.create")} permissions={offered} writable={me.projects.filter((p) => p.permissions.includes("deployment.write")).map((p) => p.project)}>
      <UploadProvider owner={actor.id} chosen={projects.some((p) => p.slug === wish) ? wish : null} projects={me.projects.filter((p) => p.permissions.includes("model.write")).map((p) => ({ slug: p.project, name: p.displayName }))}>
        {children}
      </UploadProvider>
    </PortalFrame>
    </LiveProvider>
  );
}
