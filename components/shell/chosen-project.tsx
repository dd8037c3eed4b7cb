"use client";
import { useRouter } from "next/navigation";
import { createContext, use, useCallback, useMemo, type ReactNode } from "react";
import type { ShellProject } from "@/components/shell/project-switcher";
import { CHOSEN_PROJECT_COOKIE } from "@/lib/projects/chosen-project-cookie";

type Chosen = { projects: ShellProject[]; /** Slug; null: all. */ current: string | null; choose: (slug: string | null) => void };
const ChosenContext = createContext<Chosen | null>(null);

/** Which project's things are shown. The choice is a cookie, so that the server's pages know it; changing it renders them again. */
export function ChosenProjectProvider({ projects, current, children }: { projects: ShellProject[]; current: string | null; children: ReactNode }) {
  const router = useRouter();
  const choose = useCallback((slug: string | null) => {
    const secure = window.location.protocol === "https:" ? "; secure" : "";
    document.cookie = `${CHOSEN_PROJECT_COOKIE}=${slug ?? ""}; path=/; max-age=${slug ? 31_536_000 : 0}; samesite=lax${secure}`;
    // On a page of one project the choice leads to the same page of the other.
    const section = slug === null ? null : sectionOf(window.location.pathname, projects);
    if (section) router.push(`/app/${slug}/${section}`);
    router.refresh();
  }, [router, projects]);
  return <ChosenContext value={useMemo(() => ({ projects, current, choose }), [projects, current, choose])}>{children}</ChosenContext>;
}

/** The projects one can see, and the chosen one. Below /app only. */
export function useChosenProject(): Chosen {
  const chosen = use(ChosenContext);
  if (!chosen) throw new Error("useChosenProject is used outside the portal's layout");
  return chosen;
}

/** `models` of /app/{project}/models/…; null on pages that belong to no project. */
function sectionOf(path: string, projects: ShellProject[]): string | null {
  const [, project, section] = /^\/app\/([^/]+)\/([^/]+)/.exec(path) ?? [];
  return section && projects.some((p) => p.slug === project) ? section : null;
}
