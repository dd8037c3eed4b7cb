#!/usr/bin/env node
// What every command starts with. Runs on any Node from 20.9 with nothing installed: installs the packages when they are
// missing or another lock file's, then hands over to Node 24 (an optional package carries it) and scripts/<command>.ts.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const COMMANDS = ["up", "test", "prove", "sbom", "bench", "admin", "cluster", "cluster-build", "cluster-bench", "test-cluster"];
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const [command, ...rest] = process.argv.slice(2);
const modules = path.join(root, "node_modules");
const marker = path.join(modules, ".slipway-installed");

function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

if (!COMMANDS.includes(command)) fail(`Say what to do: node scripts/bootstrap.mjs ${COMMANDS.join("|")}`);

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 9)) fail(`Slipway needs Node 20.9 or newer to start; this is ${process.version}. Install one from https://nodejs.org.`);

const lockHash = createHash("sha256").update(readFileSync(path.join(root, "package-lock.json"))).digest("hex");
const defaults = {
  ONNXRUNTIME_NODE_INSTALL: "skip", // CPU only: the package already holds what is used
  NEXT_TELEMETRY_DISABLED: "1",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
  // Prisma's native schema engine is never used; naming any program keeps it from being downloaded.
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
};
const environment = { ...defaults, ...process.env };

if (!installed()) install();
const node = newEnoughNode();
environment.PATH = [path.dirname(node), path.join(modules, ".bin"), process.env.PATH].join(path.delimiter);

const script = path.join(root, "scripts", `${command}.ts`);
const child = spawn(node, ["--import", "tsx", script, ...rest], { cwd: root, stdio: ["inherit", "inherit", "inherit", "ipc"], env: environment });
// The terminal sends Ctrl-C to the whole group, so the child has it already; `kill` reaches this process only.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
child.on("error", (error) => fail(`Could not start ${node}: ${error.message}`));
// When npm is killed its child must not stay behind: closing the channel tells the supervisor to shut down.
if (process.env.npm_lifecycle_event) {
  const before = ancestors();
  const watch = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(watch);
    if (child.connected) child.disconnect();
  }, 500);
  watch.unref();
}

/** The parent, and its parent where /proc tells: between npm and this process there may be a shell, which outlives npm. */
function ancestors() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, "latin1");
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]}`;
  } catch {
    return String(process.ppid);
  }
}

function installed() {
  try {
    return readFileSync(marker, "utf8").trim() === lockHash;
  } catch {
    // Put there by `npm ci` itself: npm's own record then agrees with the lock file's packages.
    return false;
  }
}

function install() {
  const began = Date.now();
  console.log(existsSync(modules) ? "Packages: another lock file's, installing anew" : "Packages: installing");
  const windows = process.platform === "win32";
  const result = spawnSync(windows ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root, env: { ...environment, NODE_ENV: "development" }, stdio: ["ignore", "inherit", "pipe"], encoding: "utf8", maxBuffer: 1 << 26, shell: windows,
  });
  if (result.status !== 0) {
    const said = (result.stderr ?? "") + (result.error?.message ?? "");
    console.error(said.trim());
    const reason = /ENOSPC|no space left/i.test(said)
      ? "the disk is full. Free about 2 GB, then run the same command again."
      : /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|network/i.test(said)
        ? "the package registry cannot be reached. Check the connection or the proxy (`npm config get registry`), then run the same command again."
        : /EACCES|EPERM/.test(said)
          ? `this account may not write to ${root}.`
          : result.error?.code === "ENOENT"
            ? "there is no npm beside this Node. Install it (it comes with Node from https://nodejs.org)."
            : "npm said the lines above.";
    fail(`The packages could not be installed: ${reason}`);
  }
  writeFileSync(marker, `${lockHash}\n`);
  console.log(`Packages: installed in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

function newEnoughNode() {
  const bundled = path.join(modules, ".bin", "node");
  if (existsSync(bundled) && spawnSync(bundled, ["--version"], { encoding: "utf8" }).status === 0) return bundled;
  if (major > 22 || (major === 22 && minor >= 19)) return process.execPath;
  return fail(`Slipway runs on Node 22.19 or newer; this is ${process.version}, and for ${process.platform}-${process.arch} none comes with the packages. Install one from https://nodejs.org.`);
}
