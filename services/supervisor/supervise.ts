import fs from "node:fs";
import path from "node:path";
import { DirectoryStore } from "@/lib/artifacts/directory-store";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/lib/db/embedded/start";
import { migrate } from "@/lib/db/migrate";
import type { Env } from "@/lib/env";
import { checkPorts } from "@/services/supervisor/check-ports";
import { SupervisedChild } from "@/services/supervisor/child";
import { ProcessRecord } from "@/services/supervisor/leftovers";
import { lockDataDir } from "@/services/supervisor/lock";
import type { Steps } from "@/services/supervisor/steps";
import { waitUntilServing } from "@/services/supervisor/wait-until-serving";

/** The gateway drains its replicas; the rest ends sooner. */
const STOP_GRACE_MS = 15_000;
const CRASHES_AT_START = 5;

export type SuperviseOptions = {
  env: Env;
  root: string;
  /** What the children inherit, without the database. */
  childEnv: NodeJS.ProcessEnv;
  steps: Steps;
  build(): Promise<boolean>;
  /** One line of a process, as it wrote it. */
  onLine(name: string, line: string): void;
  /** The supervisor's own word. */
  say(level: "info" | "warn", message: string): void;
  /** Aborted when it is time to leave: nothing further is started. */
  leaving: AbortSignal;
};

export type Running = { stop(): Promise<void>; kill(): void };

/**
 * Brings a whole Slipway up: lock, leftovers, ports, database, migrations, build, processes; resolves when web and gateway answer.
 * What was started is stopped again when a later step fails. Throws an Error in words.
 */
export async function supervise(o: SuperviseOptions, running: Running[]): Promise<void> {
  const { env, steps } = o;
  const dataDir = env.SLIPWAY_DATA_DIR;
  makeDataDir(dataDir);
  const release = lockDataDir(dataDir);
  running.push({ stop: async () => release(), kill: release });

  const record = new ProcessRecord(path.join(dataDir, "run", "processes.json"));
  const left = await record.endLeftovers();
  if (left) o.say("warn", `ended ${left} ${left === 1 ? "process" : "processes"} that an earlier run had left`);
  await checkPorts(env.HOST, { PORT: env.PORT, GATEWAY_PORT: env.GATEWAY_PORT });

  const urls = env.DATABASE_URL && env.DATABASE_MIGRATION_URL
    ? { appUrl: env.DATABASE_URL, migrationUrl: env.DATABASE_MIGRATION_URL }
    : await steps.run("Database", () => startDatabase(o, running), (server) => `embedded PostgreSQL${server.adopted ? ", found running" : ""}`);
  o.leaving.throwIfAborted();
  await steps.run(
    "Migrations",
    () => migrate({ ...urls, folder: path.join(o.root, "prisma/migrations"), warn: (text) => o.say("warn", text) }),
    (applied) => (applied.length ? `applied ${applied.join(", ")}` : "nothing to do"),
  );
  o.leaving.throwIfAborted();
  await steps.run("Build", o.build, (built) => (built ? "from changed sources" : "unchanged"));

  // Said now and by name, not by the first upload that fails.
  await steps.run("Files", () => checkFiles(env), () => env.SLIPWAY_ARTIFACTS || "in the data directory");
  o.leaving.throwIfAborted();

  const failed = new AbortController();
  const giveUp = AbortSignal.any([failed.signal, o.leaving]);
  let started = false;
  // The owner's password stays here: what answers requests only has the role that runs.
  const childEnv: NodeJS.ProcessEnv = { ...o.childEnv, SLIPWAY_DATA_DIR: dataDir, DATABASE_URL: urls.appUrl };
  delete childEnv.DATABASE_MIGRATION_URL;
  const start = (name: string) => {
    const child = new SupervisedChild({
      name, record, env: childEnv, cwd: o.root,
      script: path.join(o.root, "dist", `${name}.mjs`),
      onLine: (line) => o.onLine(name, line),
      onCrash({ code, signal, crashes, delayMs }) {
        o.say("warn", `${name} ended (${signal ?? `code ${code}`}); starting it again in ${delayMs / 1000} s`);
        if (!started && crashes >= CRASHES_AT_START) failed.abort(new Error(`${name} does not start: it ended ${crashes} times in a row. Its last lines above say why.`));
      },
    });
    running.push({ stop: () => child.stop(STOP_GRACE_MS), kill: () => child.kill() });
  };
  const missing = ["web", "worker", "gateway"].filter((name) => !fs.existsSync(path.join(o.root, "dist", `${name}.mjs`)));
  if (missing.length) throw new Error(`The build made no ${missing.join(", ")}: remove dist/ and start again.`);
  await steps.run("Processes", async () => {
    for (const name of ["web", "worker", "gateway"]) start(name);
    await Promise.all([
      waitUntilServing(env.HOST, env.PORT, "/readyz", giveUp),
      waitUntilServing(env.HOST, env.GATEWAY_PORT, "/healthz", giveUp),
    ]);
    started = true;
  }, () => "web, worker, gateway");
}

async function startDatabase(o: SuperviseOptions, running: Running[]): Promise<EmbeddedPostgres> {
  const line = (level: "info" | "warn") => (fields: Record<string, unknown>, message: string) =>
    o.say(level, [message, ...Object.entries(fields).map(([key, value]) => `${key}=${String(value)}`)].join(" "));
  const starting = startEmbeddedPostgres({ dataDir: o.env.SLIPWAY_DATA_DIR, log: { info: line("info"), warn: line("warn") } });
  // Known before it is up, so that leaving in the middle stops it too. When forced to leave, the database goes on: it is safe
  // alone, and the next start takes it over.
  running.push({ stop: async () => (await starting.catch(() => null))?.stop(), kill: () => undefined });
  return starting;
}

/** What S3 needs is only loaded where the files are there. */
const checkFiles = async (env: Env): Promise<void> => {
  const store = env.SLIPWAY_ARTIFACTS ? (await import("@/lib/artifacts/artifact-store")).artifactStore() : new DirectoryStore(path.join(env.SLIPWAY_DATA_DIR, "artifacts"));
  return store.check();
};

function makeDataDir(dataDir: string): void {
  try {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    fs.accessSync(dataDir, fs.constants.W_OK | fs.constants.X_OK);
  } catch (error) {
    throw new Error(`SLIPWAY_DATA_DIR ${dataDir} cannot be written by this account (${(error as NodeJS.ErrnoException).code}): choose another, or change its owner.`, { cause: error });
  }
}
