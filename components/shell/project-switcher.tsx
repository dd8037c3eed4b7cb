"use client";
import { ChevronsUpDown, Plus } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { DropdownMenu } from "@/components/ui/dropdown-menu";

export type ShellProject = { slug: string; name: string };
export type ProjectSwitcherProps = { projects: ShellProject[]; /** null: all of them. */ current: string | null; onSelect: (slug: string | null) => void; newProjectHref?: string };

/** Which project's things are shown; "All projects" where no one is chosen. */
export function ProjectSwitcher({ projects, current, onSelect, newProjectHref }: ProjectSwitcherProps) {
  const chosen = projects.find((p) => p.slug === current);
  return (
    <DropdownMenu align="start"
      trigger={
        <button type="button" aria-label={`Project: ${chosen?.name ?? "all projects"}`} className="flex h-9 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover">
          <Avatar name={chosen?.name ?? "All"} square size="sm" />
          <span className="min-w-0 flex-1 truncate font-medium">{chosen?.name ?? "All projects"}</span>
          <ChevronsUpDown aria-hidden className="size-4 text-ink-faint" />
        </button>
      }
      groups={[
        { items: [{ label: "All projects", onSelect: () => onSelect(null), hint: current === null ? "shown" : undefined }] },
        ...(projects.length ? [{ label: "Projects", items: projects.map((p) => ({ label: p.name, onSelect: () => onSelect(p.slug), hint: p.slug === current ? "shown" : undefined })) }] : []),
        ...(newProjectHref ? [{ items: [{ label: "New project", href: newProjectHref, icon: <Plus aria-hidden /> }] }] : []),
      ]} />
  );
}
