import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { crdModules, FROM_PROGRAM_MODULES, KUBE_NAMES, linkerFlags, moduleDir, PROGRAMS } from "@/e2e/cluster/programs";
import { hashOfFiles } from "@/scripts/hash-of-files";
import { identify, isRunning, type ProcessIdentity } from "@/services/supervisor/process-identity";

const root = path.resolve(import.meta.dirname, "../..");
const PROGRESS_EVERY_MS = 20_000;
const NO_GO = "Building a control plane needs Go 1.26.6 or newer (https://go.dev/dl). Install it, or set KUBECONFIG to run the suite on a cluster of yours.";

/** The programs and the files (CRDs, kwok's stages) of a control plane. */
export type Build = { dir: string; bin: (name: string) => string; files: (folder: string) => string[] };

/** Builds once into a cache outside the repository, keyed by the modules and the version of Go; afterwards only finds it. */
export async function buildControlPlane(print: (line: string) => void): Promise<Build> {
  const cache = process.env.SLIPWAY_CLUSTER_CACHE ?? path.join(os.homedir(), ".cache/slipway/cluster");
  fs.mkdirSync(cache, { recursive: true });
  const sources = hashOfFiles(root, ["e2e/cluster/go", "e2e/cluster/programs.ts"]).slice(0, 16);
  const version = goVersion();
  const ready = fs.readdirSync(cache).find((name) => (version ? name === `${sources}-${version}` : name.startsWith(`${sources}-`)) && fs.existsSync(path.join(cache, name, "complete")));
  if (ready) return buildAt(path.join(cache, ready));
  if (!version) throw new Error(NO_GO);

  const dir = path.join(cache, `${sources}-${version}`);
  const unlock = await lock(`${dir}.lock`, print);
  try {
    if (fs.existsSync(path.join(dir, "complete"))) return buildAt(dir);
    fs.rmSync(dir, { recursive: true, force: true });
    fs.mkdirSync(path.join(dir, "bin"), { recursive: true });
    const began = performance.now();
    for (const program of PROGRAMS) await compile(program.package, path.join(dir, "bin", program.name), print);
    for (const name of KUBE_NAMES) fs.symlinkSync("kube", path.join(dir, "bin", name));
    await copyFiles(dir);
    fs.writeFileSync(path.join(dir, "complete"), new Date().toISOString());
    print(`  control plane built in ${seconds(began)} s: ${dir}`);
    return buildAt(dir);
  } finally {
    unlock();
  }
}

const buildAt = (dir: string): Build => ({
  dir,
  bin: (name) => path.join(dir, "bin", name),
  files: (folder) => fs.readdirSync(path.join(dir, folder)).sort().map((name) => path.join(dir, folder, name)),
});

const goEnv = (): NodeJS.ProcessEnv => ({ ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "" });

function goVersion(): string | null {
  const result = spawnSync("go", ["env", "GOVERSION", "GOOS", "GOARCH"], { cwd: moduleDir, encoding: "utf8", env: goEnv() });
  if (result.error) return null;
  if (result.status !== 0) throw new Error(`${result.stderr.trim()}\n${NO_GO}`);
  return result.stdout.trim().split("\n").join("-");
}

async function compile(from: string, to: string, print: (line: string) => void): Promise<void> {
  const began = performance.now();
  const name = path.basename(to);
  const child = spawn("go", ["build", "-v", "-trimpath", "-ldflags", linkerFlags(), "-o", to, from], { cwd: moduleDir, env: goEnv(), stdio: ["ignore", "ignore", "pipe"] });
  // Whoever waits for it has other work on the same cores.
  if (child.pid) os.setPriority(child.pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
  let packages = 0;
  const said: string[] = [];
  readline.createInterface({ input: child.stderr }).on("line", (line) => {
    if (/^[\w.-]+(\/[\w.~-]+)*$/.test(line)) packages++;
    else if (!line.startsWith("go: downloading")) said.push(line);
  });
  const timer = setInterval(() => print(`  ${name}: ${packages} packages compiled, ${seconds(began)} s`), PROGRESS_EVERY_MS);
  const code = await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve)).finally(() => clearInterval(timer));
  if (code !== 0) throw new Error(`${name} could not be built (${from}):\n${said.slice(-30).join("\n")}`);
  print(`  ${name.padEnd(15)} ${seconds(began).padStart(6)} s  ${packages} packages compiled`);
}

async function copyFiles(dir: string): Promise<void> {
  for (const { module, folder, files } of FROM_PROGRAM_MODULES) copy(goJson(["list", "-m", "-json", module]).Dir as string, files, path.join(dir, folder));
  // Outside a module, go.sum does not guard them: the sums in crds.json do.
  for (const { module, version, sum, files } of crdModules()) {
    const got = goJson(["mod", "download", "-json", `${module}@${version}`], dir);
    if (got.Sum !== sum) throw new Error(`${module}@${version} is not what crds.json names: ${got.Sum}, not ${sum}`);
    copy(got.Dir as string, files, path.join(dir, "crds"));
  }
}

function copy(from: string, files: readonly string[], to: string): void {
  fs.mkdirSync(to, { recursive: true });
  for (const file of files) {
    const source = path.join(from, file);
    const all = fs.statSync(source).isDirectory() ? fs.readdirSync(source).filter((name) => name.endsWith(".yaml") && name !== "kustomization.yaml").map((name) => path.join(source, name)) : [source];
    // The module cache is read-only; the copies must be removable.
    for (const one of all) fs.writeFileSync(path.join(to, path.basename(one)), fs.readFileSync(one));
  }
}

function goJson(args: string[], cwd = moduleDir): Record<string, unknown> {
  const result = spawnSync("go", args, { cwd, encoding: "utf8", env: goEnv(), maxBuffer: 1 << 26 });
  if (result.status !== 0) throw new Error(`go ${args.join(" ")}: ${result.stderr.trim() || result.stdout.trim()}`);
  return JSON.parse(result.stdout) as Record<string, unknown>;
}

/** Another build of the same is waited for; one that was killed is taken over. */
async function lock(file: string, print: (line: string) => void): Promise<() => void> {
  for (let told = false; ; told = true) {
    try {
      fs.writeFileSync(file, JSON.stringify(identify(process.pid)), { flag: "wx" });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = readHolder(file);
    if (holder === "gone") fs.rmSync(file, { force: true });
    else {
      if (!told) print("  another process builds it; waiting for that one");
      await sleep(500);
    }
  }
}

function readHolder(file: string): "alive" | "gone" {
  try {
    return isRunning(JSON.parse(fs.readFileSync(file, "utf8")) as ProcessIdentity) ? "alive" : "gone";
  } catch (error) {
    // Just being written, or just removed: looked at again.
    return error instanceof SyntaxError ? "alive" : "gone";
  }
}

const seconds = (began: number) => ((performance.now() - began) / 1000).toFixed(1);
