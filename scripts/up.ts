import fs from "node:fs";
import path from "node:path";
import { type Env, parseEnv } from "@/lib/env";
import { renderLine } from "@/services/supervisor/render-line";
import { Steps } from "@/services/supervisor/steps";
import { type Running, supervise } from "@/services/supervisor/supervise";
import { build } from "./build";

/** npm hands a Ctrl-C on that the terminal has already sent: what follows within this time is the same key press. */
const SAME_PRESS_MS = 1_000;

const root = path.resolve(import.meta.dirname, "..");
const json = process.argv.includes("--json");
const colour = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;
const print = (line: string) => void process.stdout.write(`${line}\n`);
const onLine = (name: string, line: string) => print(json ? line : renderLine(name, line, { colour }));
const say = (level: "info" | "warn", message: string) =>
  onLine("slipway", JSON.stringify({ level: level === "info" ? 30 : 40, time: new Date().toISOString(), name: "slipway", msg: message }));

const env = validated();
const running: Running[] = [];
const steps = new Steps((line) => (json ? say("info", line.trim().replace(/\s+/g, " ")) : print(line)));
const leaving = new AbortController();
let leavingSince = 0;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void leave(signal, 0));
// Whoever started this command is gone (scripts/bootstrap.mjs).
process.on("disconnect", () => void leave("the parent ended", 0));
process.stdout.on("error", () => undefined);

try {
  await supervise({ env, root, childEnv: { ...process.env, NODE_ENV: "production" }, steps, build: () => build(root), onLine, say, leaving: leaving.signal }, running);
  const link = setupLink();
  print(`\nSlipway is ready: ${env.baseUrl}  (${steps.total()})`);
  if (link) print(`Set it up here, once: ${link}`);
  print("Ctrl-C stops it.\n");
} catch (error) {
  if (!leavingSince) {
    const { code, message } = error as NodeJS.ErrnoException;
    console.error(`\n${code === "ENOSPC" ? `The disk is full: ${message}. Free some space, then start again.` : message}`);
    await leave("the start failed", 1);
  }
}

/** Children first and all at once, then the database, then the lock. A second press leaves at once. */
async function leave(reason: string, code: number): Promise<void> {
  if (leavingSince) {
    if (Date.now() - leavingSince < SAME_PRESS_MS) return;
    for (const part of running) part.kill();
    process.exit(1);
  }
  leavingSince = Date.now();
  leaving.abort(new Error("leaving"));
  say("info", `stopping (${reason})`);
  const [lock, ...rest] = running;
  const database = env.DATABASE_URL ? undefined : rest.shift();
  await Promise.all(rest.map((part) => part.stop()));
  await database?.stop();
  await lock?.stop();
  say("info", "stopped");
  process.exit(code);
}

function setupLink(): string | null {
  try {
    return fs.readFileSync(path.join(env.SLIPWAY_DATA_DIR, "run", "setup-link"), "utf8").trim();
  } catch {
    return null;
  }
}

function validated(): Env {
  try {
    return parseEnv(process.env);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}
