import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { freePorts } from "@/lib/net/free-ports";
import { installed, type PACKAGES } from "./packages";
import type { DIALECTS } from "@/lib/observability/promql/dialects";

type Wish = { ms: number; fail: boolean };
/** A model server of its own package, and how it is asked to take so long or to fail. */
export type Kind = {
  title: string; dialect: keyof typeof DIALECTS; set: keyof typeof PACKAGES; /** Below this folder. */ folder: string;
  /** `ports`: of requests, of metrics, and one more. */
  start: (ports: number[], data: string) => { program: string; args: string[]; env?: Record<string, string>; metrics?: number };
  path: string; body: (w: Wish) => unknown; /** A probe, which must not count. */ probe: string; failure: string;
};

export const KINDS: Kind[] = [
  { title: "FastAPI", dialect: "http", set: "web", folder: "fastapi", start: ([port]) => ({ program: "uvicorn", args: ["app:app", "--port", String(port), "--log-level", "warning"] }), path: "/predict", body: (w) => w, probe: "/health", failure: "5xx" },
  { title: "Flask", dialect: "http", set: "web", folder: "flask", start: ([port]) => ({ program: "flask", args: ["--app", "app", "run", "--port", String(port)] }), path: "/predict", body: (w) => w, probe: "/health", failure: "500" },
  {
    title: "BentoML", dialect: "bentoml", set: "bentoml", folder: "bentoml", path: "/predict", body: (w) => w, probe: "/readyz", failure: "500",
    start: ([port], data) => ({ program: "bentoml", args: ["serve", "service:Slow", "--port", String(port)], env: { PROMETHEUS_MULTIPROC_DIR: path.join(data, "metrics"), BENTOML_HOME: path.join(data, "home"), BENTOML_DO_NOT_TRACK: "True" } }),
  },
  {
    title: "MLServer", dialect: "mlserver", set: "mlserver", folder: "mlserver", path: "/v2/models/slow/infer", probe: "/v2/health/ready", failure: "500",
    start: ([port, metrics, grpc], data) => ({
      program: "mlserver", args: ["start", "."], metrics,
      env: { MLSERVER_HTTP_PORT: String(port), MLSERVER_METRICS_PORT: String(metrics), MLSERVER_GRPC_PORT: String(grpc), MLSERVER_METRICS_DIR: path.join(data, "metrics"), MLSERVER_PARALLEL_WORKERS: "0" },
    }),
    body: (w) => ({ inputs: [{ name: "x", shape: [2], datatype: "FP32", data: [w.ms, w.fail ? 1 : 0] }] }),
  },
];

export class RealServer {
  private constructor(readonly kind: Kind, private readonly child: ChildProcess, private readonly url: string, readonly metrics: string) {}

  static async start(kind: Kind, dir: string): Promise<RealServer> {
    const bin = installed(kind.set);
    const data = path.join(dir, kind.folder);
    fs.mkdirSync(data);
    const ports = await freePorts(3);
    const { program, args, env, metrics = ports[0]! } = kind.start(ports, data);
    const log = fs.openSync(path.join(data, "log"), "a");
    // A group of its own: BentoML and Flask start processes, which must end with it.
    const child = spawn(path.join(bin, program), args, {
      cwd: path.join(import.meta.dirname, kind.folder), stdio: ["ignore", log, log], detached: true, env: { NODE_ENV: "test", PATH: `${bin}:${process.env.PATH}`, HOME: data, PYTHONDONTWRITEBYTECODE: "1", ...env },
    });
    fs.closeSync(log);
    const server = new RealServer(kind, child, `http://127.0.0.1:${ports[0]}`, `127.0.0.1:${metrics}`);
    const end = Date.now() + 180_000;
    while (!(await fetch(`http://${server.metrics}/metrics`).catch(() => null))?.ok || !(await fetch(`${server.url}${kind.probe}`).catch(() => null))?.ok) {
      if (Date.now() > end || child.exitCode !== null) throw new Error(`${kind.title} did not start:\n${fs.readFileSync(path.join(data, "log"), "utf8").slice(-2000)}`);
      await new Promise((go) => setTimeout(go, 200));
    }
    return server;
  }

  /** Seconds the answer took, as the caller sees it. */
  async ask(w: Wish): Promise<number> {
    const began = performance.now();
    const answer = await fetch(`${this.url}${this.kind.path}`, { method: "POST", headers: { "content-type": "application/json", /* MLServer hangs up after a failure. */ connection: "close" }, body: JSON.stringify(this.kind.body(w)) });
    await answer.arrayBuffer();
    if (answer.ok === w.fail) throw new Error(`${this.kind.title} answered ${answer.status}`);
    return (performance.now() - began) / 1000;
  }

  async probe(): Promise<void> {
    await (await fetch(`${this.url}${this.kind.probe}`)).arrayBuffer();
  }

  /** Asked first: BentoML's workers are in sessions of their own, which only BentoML ends. */
  async stop(): Promise<void> {
    const signal = (name: "SIGTERM" | "SIGKILL") => {
      try {
        process.kill(-this.child.pid!, name);
      } catch {
        // It ended by itself.
      }
    };
    signal("SIGTERM");
    for (const end = Date.now() + 15_000; this.child.exitCode === null && this.child.signalCode === null && Date.now() < end;) await new Promise((go) => setTimeout(go, 100));
    signal("SIGKILL");
  }
}
