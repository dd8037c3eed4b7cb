import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { freePorts } from "@/lib/net/free-ports";

type Env = { name: string; value?: string }[];
export type Pod = { kind: "Pod"; metadata: { name: string; namespace: string; deletionTimestamp?: string }; spec: { initContainers: { env: Env }[]; containers: { env: Env }[] }; status: { phase?: string } };
type Running = { child: ChildProcess; port: number };

/**
 * What kwok leaves out: for each running pod the model server's own pod program, with the variables of the pod's container and the files
 * whose digest its init container names. One machine: so each has a port of its own, and its files in a folder.
 */
export class PodServers {
  private readonly running = new Map<string, Running>();
  private stopped = false;

  /** `program`: model-server-pod.mjs; `models`: bytes of model.onnx by the digest of the set; `scraped`: Prometheus' list of targets. */
  constructor(private readonly o: { dir: string; program: string; models: Map<string, Uint8Array>; scraped: string }) {
    fs.writeFileSync(o.scraped, "[]");
  }

  /** Starts servers of pods that run, ends those of pods that go, and tells Prometheus of them by namespace and pod, as a PodMonitor would. */
  async follow(pods: Pod[]): Promise<void> {
    const wanted = new Map(pods.filter((p) => p.status.phase === "Running" && !p.metadata.deletionTimestamp).map((p) => [p.metadata.name, p]));
    for (const [name, { child }] of this.running) {
      if (wanted.has(name)) continue;
      child.kill("SIGTERM");
      this.running.delete(name);
    }
    for (const [name, pod] of wanted) if (!this.running.has(name) && !this.stopped) this.running.set(name, await this.start(pod));
    const targets = [...this.running].map(([pod, { port }]) => ({ targets: [`127.0.0.1:${port}`], labels: { namespace: wanted.get(pod)!.metadata.namespace, pod } }));
    fs.writeFileSync(`${this.o.scraped}.new`, JSON.stringify(targets));
    fs.renameSync(`${this.o.scraped}.new`, this.o.scraped);
  }

  /** Where a pod's server listens; null: it has none. */
  address(pod: string): string | null {
    const server = this.running.get(pod);
    return server ? `http://127.0.0.1:${server.port}` : null;
  }

  stop(): void {
    this.stopped = true;
    for (const { child } of this.running.values()) child.kill("SIGKILL");
    this.running.clear();
  }

  private async start(pod: Pod): Promise<Running> {
    const { name } = pod.metadata;
    const valuesOf = (env: Env) => Object.fromEntries(env.map((e) => [e.name, e.value ?? ""]));
    const digest = valuesOf(pod.spec.initContainers[0]!.env).SLIPWAY_FILES_DIGEST!;
    const bytes = this.o.models.get(digest);
    if (!bytes) throw new Error(`pod ${name} asks for the files ${digest}, which the test does not have`);
    const folder = path.join(this.o.dir, name);
    fs.mkdirSync(folder);
    const absolutePath = path.join(folder, "model.onnx");
    fs.writeFileSync(absolutePath, bytes);
    const list = path.join(folder, "files.json");
    fs.writeFileSync(list, JSON.stringify([{ path: "model.onnx", absolutePath, sizeBytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") }]));
    const [port] = await freePorts(1);
    const log = fs.openSync(path.join(folder, "server.log"), "a");
    const child = spawn(process.execPath, [this.o.program], {
      stdio: ["ignore", log, log],
      env: { NODE_ENV: "production", PATH: process.env.PATH, ...valuesOf(pod.spec.containers[0]!.env), HOME: folder, TMPDIR: folder, HOSTNAME: name, SLIPWAY_FILES: list, SLIPWAY_PORT: String(port) },
    });
    fs.closeSync(log);
    return { child, port: port! };
  }
}
