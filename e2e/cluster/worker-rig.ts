import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { eventually } from "@/e2e/cluster/eventually";
import { kubectlJson } from "@/e2e/cluster/under-test";
import { createTestDatabase, type TestDatabase } from "@/e2e/test-database";
import { systemActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { makeWorld } from "@/lib/reconciler/__fixtures__/deploy-world";
import { createTarget } from "@/lib/targets-catalogue/create-target";
import { KINDS } from "@/lib/targets/kubernetes/kinds";
import { LABEL } from "@/lib/targets/kubernetes/labels";
import type { TargetSettings } from "@/lib/targets/kubernetes/target-settings";
import { bundleProcesses } from "@/scripts/build";
import { generate } from "@/scripts/generate";

const root = path.resolve(import.meta.dirname, "../..");
export const operator = systemActor("operator");

/** A database, a connected cluster and the product's own workers, which are the test's to start and to kill. */
export class WorkerRig {
  readonly dir = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-rig-"));
  readonly bundles = path.join(root, "node_modules/.cache", path.basename(this.dir));
  private readonly workers = new Set<ChildProcess>();
  projectId = "";
  kills = 0;
  private constructor(private readonly database: TestDatabase) {}

  static async start(kubeconfig: string, project = "harbour", settings: TargetSettings = { prometheusOperator: true }): Promise<WorkerRig> {
    generate(root);
    const database = await createTestDatabase();
    const rig = new WorkerRig(database);
    await bundleProcesses(root, rig.bundles);
    Object.assign(process.env, { DATABASE_URL: database.appUrl, DATABASE_MIGRATION_URL: database.migrationUrl, SLIPWAY_DATA_DIR: rig.dir });
    rig.projectId = (await makeWorld(project)).projectId;
    // What makeWorld seeds for this machine has no gateway here.
    await db().target.deleteMany({ where: { slug: "local" } });
    await createTarget(operator, { name: "cluster", connection: { type: "kubeconfig", kubeconfig, context: "test" }, settings: { nodes: "any", ...settings } });
    return rig;
  }

  startWorker(): ChildProcess {
    const log = fs.openSync(path.join(this.dir, "workers.log"), "a");
    const worker = spawn(process.execPath, ["--enable-source-maps", path.join(this.bundles, "worker.mjs")], {
      cwd: root, stdio: ["pipe", log, log], env: { ...process.env, VITEST: "", NODE_ENV: "production", LOG_LEVEL: "warn", KUBECONFIG: "" },
    });
    fs.closeSync(log);
    this.workers.add(worker);
    worker.once("exit", () => this.workers.delete(worker));
    return worker;
  }

  /** One that runs, started where there is none. */
  worker(): ChildProcess {
    return [...this.workers].find((w) => w.exitCode === null && w.signalCode === null && !w.killed) ?? this.startWorker();
  }

  /** SIGKILL, and what time would do: the leases of the dead run out now rather than in some seconds. */
  async kill(worker: ChildProcess): Promise<void> {
    this.kills++;
    const gone = new Promise((resolve) => worker.once("exit", resolve));
    worker.kill("SIGKILL");
    await gone;
    await pool().query(`UPDATE "Deployment" SET "leaseUntil" = now() WHERE "leaseOwner" LIKE $1`, [`${os.hostname()}-${worker.pid}-%`]);
  }

  /** As its row says, in the row and on the cluster; a deleted one is in neither. Returns the row's id. */
  async settled(id: string): Promise<void> {
    await eventually(async () => {
      const row = await db().deployment.findUnique({ where: { id } });
      if (row) {
        const { phase, generation, observedGeneration, stableRevision, desiredRevision, message } = { message: JSON.stringify((row.status as { message?: string }).message), ...row };
        if (phase !== "Ready" || observedGeneration !== generation || stableRevision !== desiredRevision) throw new Error(`not settled: ${phase} ${observedGeneration}/${generation} ${stableRevision}/${desiredRevision} ${message}\n${this.log()}`);
      } else if (objectsOf(id).length > 0) throw new Error(`left behind: ${objectsOf(id).join(", ")}`);
    }, 240);
  }

  log(): string {
    const file = path.join(this.dir, "workers.log");
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8").slice(-2000) : "";
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.workers].map((w) => this.kill(w)));
    await db().$disconnect();
    await pool().end();
    await this.database.drop();
    for (const folder of [this.dir, this.bundles]) fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Kinds that an installation makes, of every namespace; not those that controllers make for them. */
const MADE = (["ConfigMap", "Secret", "ServiceAccount", "Service", "Deployment", "HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy", "HTTPRoute", "SecurityPolicy", "ScaledObject", "PodMonitor"] as const).map((kind) => `${KINDS[kind].plural}${KINDS[kind].apiVersion.includes("/") ? `.${KINDS[kind].apiVersion.split("/")[0]}` : ""}`).join(",");

/** What the cluster holds under a deployment's label, as "Kind name", sorted. */
export function objectsOf(id: string): string[] {
  const { items } = kubectlJson<{ items: { kind: string; metadata: { name: string } }[] }>(["get", MADE, "-A", "-l", `${LABEL.deploymentId}=${id}`]);
  return items.map((o) => `${o.kind} ${o.metadata.name}`).sort();
}
