import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@/lib/net/free-ports";

const root = path.resolve(import.meta.dirname, "../..");
const NEXT = path.join(root, "node_modules/next/dist/bin/next");

/** An empty page of the same Next, built and served: what any page of it loads at the least. It lies below the repository, where Next is found from. */
export async function serveEmptyNext(): Promise<{ base: string; close: () => void }> {
  fs.mkdirSync(path.join(root, "dist"), { recursive: true });
  const dir = fs.mkdtempSync(path.join(root, "dist/empty-next-"));
  const remove = () => fs.rmSync(dir, { recursive: true, force: true });
  try {
    fs.mkdirSync(path.join(dir, "app"));
    fs.writeFileSync(path.join(dir, "package.json"), `{"name":"empty","private":true,"type":"module"}`);
    fs.writeFileSync(path.join(dir, "next.config.js"), `export default { turbopack: { root: ${JSON.stringify(root)} }, typescript: { ignoreBuildErrors: true } };`);
    fs.writeFileSync(path.join(dir, "app/layout.jsx"), `export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }`);
    fs.writeFileSync(path.join(dir, "app/page.jsx"), "export default function Page() { return <main />; }");
    const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
    const built = spawnSync(process.execPath, [NEXT, "build"], { cwd: dir, env, encoding: "utf8" });
    if (built.status !== 0) throw new Error(`the empty page did not build: ${(built.stderr + built.stdout).slice(-600)}`);
    const port = await freePort();
    const child = spawn(process.execPath, [NEXT, "start", "-H", "127.0.0.1", "-p", String(port)], { cwd: dir, env, stdio: "ignore" });
    const base = `http://127.0.0.1:${port}`;
    for (let i = 0; !(await fetch(base).catch(() => null))?.ok; i++) {
      if (i > 300 || child.exitCode !== null) { child.kill("SIGKILL"); throw new Error("the empty page was not served"); }
      await sleep(100);
    }
    return { base, close: () => { child.kill("SIGKILL"); remove(); } };
  } catch (error) {
    remove();
    throw error;
  }
}
