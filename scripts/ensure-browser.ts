import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

/**
 * A Chromium for the browser tests: one that is installed, else Playwright's own, else Debian's package where this is root on
 * Debian. Returns its path, or null for Playwright's default. Throws with what to do when none of them worked.
 */
export function ensureBrowser(root: string): string | null {
  const found = SYSTEM.find((file) => fs.existsSync(file));
  if (found) return found;
  const require = createRequire(path.join(root, "package.json"));
  const cli = path.join(path.dirname(require.resolve("playwright-core/package.json")), "cli.js");
  if (spawnSync(process.execPath, [cli, "install", "--with-deps", "chromium"], { stdio: "inherit", timeout: 180_000 }).status === 0) return null;
  if (spawnSync(process.execPath, [cli, "install", "chromium"], { stdio: "inherit", timeout: 180_000 }).status === 0) return null;
  if (process.getuid?.() === 0 && aptInstall("chromium")) return "/usr/bin/chromium";
  throw new Error("No browser for the tests: install Chromium (Debian: apt-get install chromium), or let `npx playwright install chromium` reach its download.");
}

/** Installs a Debian package without what it only recommends. False where that does not work. */
export function aptInstall(name: string): boolean {
  if (process.getuid?.() !== 0 || !fs.existsSync("/usr/bin/apt-get")) return false;
  spawnSync("apt-get", ["update", "-qq"], { stdio: "inherit" });
  return spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } }).status === 0;
}
