import fs from "node:fs";
import path from "node:path";
import { THEME_SOURCE } from "@/lib/public-site/theme-source";

// Modules that Next names in the manifest of every page, and the icons, which are drawn when the page is made and do nothing after.
const DRAWS_ONLY = /^\[project\]\/node_modules\/(next\/dist\/|lucide-react\/dist\/esm\/Icon\.)/;

/**
 * Routes whose pages hold nothing that a script would bring to life: no client component in what the build says of them. A manifest that
 * cannot be read is one that may hold anything, and its page keeps its scripts.
 */
export function scriptFreeRoutes(buildDir: string): Set<string> {
  const paths = JSON.parse(fs.readFileSync(path.join(buildDir, "app-path-routes-manifest.json"), "utf8")) as Record<string, string>;
  return new Set(Object.entries(paths).filter(([file]) => file.endsWith("/page") && clientModules(buildDir, file)?.every((name) => DRAWS_ONLY.test(name))).map(([, route]) => route));
}

function clientModules(buildDir: string, file: string): string[] | null {
  try {
    const source = fs.readFileSync(path.join(buildDir, "server/app", `${file}_client-reference-manifest.js`), "utf8");
    const found = /\] = (\{[\s\S]*\});?\s*$/.exec(source)?.[1];
    return Object.keys((JSON.parse(found!) as { clientModules: object }).clientModules);
  } catch {
    return null;
  }
}

/** The page without React and its data: what is left are data blocks and the script that sets the theme. Parts that a script would put in their place keep it. */
export function withoutScripts(html: string): string {
  if (/<template id="[BP]:/.test(html)) return html;
  return html
    .replace(/<script([^>]*)>([\s\S]*?)<\/script>/g, (whole, attributes: string, text: string) => (/\stype="application\//.test(attributes) || text === THEME_SOURCE ? whole : ""))
    .replace(/<link\b[^>]*\bas="script"[^>]*>/g, "");
}
