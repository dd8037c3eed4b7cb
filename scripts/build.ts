import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import { INDEX_FILE, makeIndex } from "@/components/docs/search-docs";
import { compressStatic } from "./compress-static";
import { generate } from "./generate";
import { hashOfFiles } from "./hash-of-files";

const SOURCES = [
  "app", "components", "lib", "services", "prisma", "content", "public", "docs", "package-lock.json", "package.json",
  "next.config.ts", "postcss.config.mjs", "tsconfig.json", "proxy.ts", "instrumentation.ts", "mdx-components.tsx", "scripts/build.ts", "scripts/compress-static.ts",
];

/** The processes, by the name of their bundle. */
const ENTRIES: Record<string, string> = {
  web: "services/web/main.ts",
  worker: "services/worker/main.ts",
  "load-generator": "services/worker/load-generator.ts",
  gateway: "services/gateway/main.ts",
  "model-server": "services/model-server/main.ts",
  "model-server-session": "services/model-server/session-worker.ts",
  "model-server-pod": "services/model-server/pod.ts",
  "fetch-files": "services/fetch-files/main.ts",
};

/**
 * Builds `.next` and `dist/*.mjs` when the sources differ from those of the last whole build. The marker is removed first and
 * written last, so a build that was interrupted is done again. Returns whether it built. Throws with what the tool said.
 */
export async function build(root: string): Promise<boolean> {
  generate(root);
  const hash = hashOfFiles(root, SOURCES);
  const marker = path.join(root, "dist", "build.json");
  if (recorded(marker) === hash && fs.existsSync(path.join(root, ".next", "BUILD_ID"))) return false;
  fs.rmSync(path.join(root, "dist"), { recursive: true, force: true });
  fs.mkdirSync(path.join(root, "dist"), { recursive: true });
  await Promise.all([bundleProcesses(root), fs.existsSync(path.join(root, "app")) ? nextBuild(root) : undefined]);
  if (fs.existsSync(path.join(root, "docs"))) fs.writeFileSync(path.join(root, INDEX_FILE), JSON.stringify(makeIndex()));
  if (fs.existsSync(path.join(root, ".next/static"))) await compressStatic(root, path.join(root, "dist/static"));
  fs.writeFileSync(`${marker}.new`, JSON.stringify({ hash, builtAt: new Date().toISOString() }));
  fs.renameSync(`${marker}.new`, marker);
  return true;
}

function recorded(marker: string): string | null {
  try {
    return (JSON.parse(fs.readFileSync(marker, "utf8")) as { hash: string }).hash;
  } catch {
    return null;
  }
}

/** The processes alone, without the pages; `outdir` must lie where node_modules is found from. */
export async function bundleProcesses(root: string, outdir = "dist"): Promise<void> {
  const present = Object.entries(ENTRIES).filter(([, file]) => fs.existsSync(path.join(root, file)));
  await bundle({
    absWorkingDir: root,
    entryPoints: present.map(([out, file]) => ({ in: file, out })),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22.19",
    packages: "external",
    sourcemap: true,
    alias: { "@": root },
    logLevel: "error",
  });
}

function nextBuild(root: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, "node_modules/next/dist/bin/next"), "build"], {
      cwd: root,
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const end = () => child.kill("SIGKILL");
    process.once("exit", end);
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk));
    child.stderr.on("data", (chunk: Buffer) => (said += chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("exit", end);
      if (code === 0) resolve();
      else reject(new Error(`next build failed (${code}):\n${said.slice(-4000)}`));
    });
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const began = Date.now();
  const built = await build(path.resolve(import.meta.dirname, ".."));
  console.log(built ? `Built in ${((Date.now() - began) / 1000).toFixed(1)} s` : "Build: unchanged");
}
