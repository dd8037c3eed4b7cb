import fs from "node:fs";
import path from "node:path";
import { ROUTE_EXCEPTIONS } from "@/lib/api/exceptions";
import { ENDPOINTS } from "@/lib/api/registry";

/** `pod`: opened by the token in a pod alone; a session is nothing there. */
export type Route = { method: string; path: string; public: boolean; pod: boolean };

/** Names that exist in harbour, for the placeholders of a path. */
const NAMES: Record<string, string> = { project: "harbour", model: "vad", deployment: "vad", version: "1", revision: "1", target: "local", environment: "dev", name: "API_KEY", profile: "local-small", kind: "profile" };
export const fill = (template: string, names: Record<string, string> = {}) =>
  template.replace(/[{[]+(?:\.{3})?(\w+)[}\]]+/g, (_, name: string) => names[name] ?? NAMES[name] ?? "00000000-0000-7000-8000-000000000000");

export const apiRoutes = (): Route[] => ENDPOINTS.map((e) => ({ method: e.method, path: fill(e.path), public: e.policy.kind === "public", pod: e.policy.kind === "pod" }));

/** Every path that the build serves, by the build's own account: `[x]` as Next writes it. */
export function builtRoutes(buildDir: string): { pages: string[]; handlers: string[] } {
  const manifest = JSON.parse(fs.readFileSync(path.join(buildDir, "app-path-routes-manifest.json"), "utf8")) as Record<string, string>;
  const entries = Object.entries(manifest);
  return { pages: entries.filter(([k]) => k.endsWith("/page")).map(([, v]) => v).sort(), handlers: entries.filter(([k]) => k.endsWith("/route")).map(([, v]) => v).sort() };
}

/** Pages anybody may see; every other page asks for a session. The list is short on purpose: a page that is not on it must lead to /sign-in. */
export const PUBLIC_PAGES = ["/", "/docs", "/docs/api", "/docs/problems", "/invite", "/reset", "/set-up", "/sign-in"];
export const isPublicPage = (page: string) => PUBLIC_PAGES.includes(page) || /^\/(case-studies|calculator|pricing|security|contact|docs|legal)(\/|$)/.test(page) || page.startsWith("/_");

export { ENDPOINTS, ROUTE_EXCEPTIONS };
