import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { systemActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@/lib/db/embedded/start";
import { migrate } from "@/lib/db/migrate";
import { pool } from "@/lib/db/pool";
import { seed } from "@/lib/db/seed";
import { createProject } from "@/lib/projects/create-project";
import { createSample } from "@/lib/samples/create-sample";
import { LocalTarget } from "@/lib/targets/local/local-target";
import { bundleProcesses } from "@/scripts/build";
import { generate } from "@/scripts/generate";
import { freePort } from "@/lib/net/free-ports";

const root = path.resolve(import.meta.dirname, "../..");
export const operator = systemActor("operator");

/**
 * The parts of a Slipway that a worker works with, real and apart: PostgreSQL, gateway, model servers. Workers are the test's to
 * start and to kill, so that a schedule takes as long as the model server does and no supervisor's back-off gets in between.
 */
export class FaultRig {
  readonly dir = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-faults-"));
  readonly dataDir = path.join(this.dir, "data");
  /** Of its own, and without the pages: nothing here needs them. Inside node_modules, so that packages are found. */
  private readonly bundles = path.join(root, "node_modules/.cache", path.basename(this.dir));
  readonly target = new LocalTarget({});
  readonly workers = new Set<ChildProcess>();
  kills = 0;
  projectId = "";
  private postgres!: EmbeddedPostgres;
  private gateway: ChildProcess | undefined;
  private gatewayPort = 0;
  private readonly log = path.join(this.dir, "processes.log");

  static async start(): Promise<FaultRig> {
    const rig = new FaultRig();
    try {
      generate(root);
      await bundleProcesses(root, rig.bundles);
      fs.mkdirSync(rig.dataDir, { mode: 0o700 });
      rig.gatewayPort = await freePort();
      // PostgreSQL keeps its writes over kill -9 of its processes without waiting for the disk.
      rig.postgres = await startEmbeddedPostgres({ dataDir: rig.dataDir, log: { info: () => undefined, warn: () => undefined }, settings: { fsync: "off" } });
      Object.assign(process.env, { DATABASE_URL: rig.postgres.appUrl, SLIPWAY_DATA_DIR: rig.dataDir, GATEWAY_PORT: String(rig.gatewayPort) });
      await migrate({ migrationUrl: rig.postgres.migrationUrl, appUrl: rig.postgres.appUrl });
      await seed();
      await createProject(operator, { name: "faults" });
      rig.projectId = (await db().project.findUniqueOrThrow({ where: { slug: "faults" }, select: { id: true } })).id;
      await createSample(operator, rig.projectId, { name: "iris" });
      await rig.startGateway();
      return rig;
    } catch (error) {
      await rig.dispose();
      throw error;
    }
  }

  /** A worker that dies at `failpoint`, where one is given. */
  startWorker(failpoint = ""): ChildProcess {
    const worker = this.spawn("worker", { NODE_ENV: "test", SLIPWAY_FAILPOINT: failpoint });
    this.workers.add(worker);
    worker.once("exit", (_code, signal) => {
      this.workers.delete(worker);
      if (signal === "SIGKILL") this.kills++;
    });
    return worker;
  }

  async killWorkers(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => end(worker)));
  }

  /** What time would do: the leases of a dead worker run out now rather than in some seconds. */
  async expireLeases(worker: ChildProcess): Promise<void> {
    await pool().query(`UPDATE "Deployment" SET "leaseUntil" = now() WHERE "leaseOwner" LIKE $1`, [`${os.hostname()}-${worker.pid}-%`]);
  }

  async restartGateway(): Promise<void> {
    if (this.gateway) await end(this.gateway);
    this.kills++;
    await this.startGateway();
  }

  /** It is started again by the one who watches it, as in the product. */
  async killPostgres(): Promise<void> {
    const before = this.postgres.pid();
    process.kill(before, "SIGKILL");
    this.kills++;
    await until("PostgreSQL is back", async () => (await db().$queryRaw`SELECT 1`.then(() => true, () => false)) && this.postgres.pid() !== before);
  }

  /** Model servers of this rig that live, from the kernel's point of view. */
  modelServers(): number[] {
    const needle = `SLIPWAY_DATA_DIR=${this.dataDir}`;
    return fs.readdirSync("/proc").filter((p) => /^\d+$/.test(p)).flatMap((p) => {
      try {
        const command = fs.readFileSync(`/proc/${p}/cmdline`, "latin1");
        if (!command.includes("model-server.mjs") || /^\d+ \(.*\) Z/.test(fs.readFileSync(`/proc/${p}/stat`, "latin1"))) return [];
        return fs.readFileSync(`/proc/${p}/environ`, "latin1").split("\0").includes(needle) ? [Number(p)] : [];
      } catch {
        return [];
      }
    });
  }

  tail = () => fs.readFileSync(this.log, "utf8").slice(-3000);

  async dispose(): Promise<void> {
    await this.killWorkers();
    if (this.gateway) await end(this.gateway);
    await db().$disconnect().catch(() => undefined);
    await pool().end().catch(() => undefined);
    await this.postgres?.stop();
    for (const folder of [this.dir, this.bundles]) fs.rmSync(folder, { recursive: true, force: true });
  }

  private async startGateway(): Promise<void> {
    fs.rmSync(path.join(this.dataDir, "run/gateway.json"), { force: true });
    this.gateway = this.spawn("gateway", { NODE_ENV: "production" });
    await until("the gateway answers", () => this.target.list().then(() => true, () => false));
  }

  private spawn(name: string, env: Record<string, string>): ChildProcess {
    const log = fs.openSync(this.log, "a");
    try {
      return spawn(process.execPath, ["--enable-source-maps", path.join(this.bundles, `${name}.mjs`)], {
        cwd: root, stdio: ["pipe", log, log],
        env: { ...process.env, VITEST: "", LOG_LEVEL: "warn", DATABASE_URL: this.postgres.appUrl, SLIPWAY_DATA_DIR: this.dataDir, GATEWAY_PORT: String(this.gatewayPort), ...env },
      });
    } finally {
      fs.closeSync(log);
    }
  }
}

/** SIGKILL, and it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = exited(child);
  child.kill("SIGKILL");
  await gone;
}

export const exited = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once("exit", () => resolve()));

/** Polls; the deadline is the test's, not a claim about speed. `what` may say what is missing. */
export async function until(what: string | (() => string), ok: () => Promise<boolean>, seconds = 120): Promise<void> {
  for (const last = Date.now() + seconds * 1000; !(await ok()); await sleep(40)) {
    if (Date.now() > last) throw new Error(`not after ${seconds} s: ${typeof what === "string" ? what : what()}`);
  }
}
