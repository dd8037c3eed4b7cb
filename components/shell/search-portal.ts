import type { QueryClient } from "@tanstack/react-query";
import type { Command } from "@/components/shell/commands";
import type { ShellProject } from "@/components/shell/project-switcher";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { deploymentHref, modelHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";

/** Projects asked for one search, and hits shown of each kind. */
const PROJECTS = 12;
const HITS = 6;

type Named = { slug: string; displayName?: string };
type Page = { items: Named[] };

/** Models and deployments whose name has `text`, in the projects given (the chosen one first). Rejects only when no project answered. */
export async function searchPortal(client: QueryClient, projects: ShellProject[], text: string, signal: AbortSignal): Promise<Command[]> {
  const read = (kind: "models" | "deployments", p: string) => client.fetchQuery({
    queryKey: [...keys[kind](p), "search", kind === "models" ? text : ""], staleTime: 30_000, retry: false,
    queryFn: () => fetchJson<Page>(`/api/v1/projects/${p}/${kind}?${kind === "models" ? new URLSearchParams({ search: text, limit: String(HITS) }) : "limit=200"}`),
  });
  const asked = await Promise.allSettled(projects.slice(0, PROJECTS).flatMap((p) => [
    read("deployments", p.slug).then((page) => commands(page, text, p, "Deployments", deploymentHref)),
    read("models", p.slug).then((page) => commands(page, text, p, "Models", modelHref)),
  ]));
  signal.throwIfAborted();
  const answered = asked.filter((a) => a.status === "fulfilled");
  if (asked.length > 0 && answered.length === 0) throw (asked[0] as PromiseRejectedResult).reason;
  const found = answered.flatMap((a) => a.value);
  return ["Deployments", "Models"].flatMap((group) => found.filter((c) => c.group === group).slice(0, HITS));
}

function commands(page: Page, text: string, project: ShellProject, group: string, href: (project: string, thing: string) => string): Command[] {
  const wanted = text.toLowerCase();
  return page.items
    .filter((t) => `${t.slug} ${t.displayName ?? ""}`.toLowerCase().includes(wanted))
    .map((t) => ({ id: `${group}:${project.slug}/${t.slug}`, label: t.displayName ?? t.slug, group, hint: project.name, href: href(project.slug, t.slug) }));
}
