import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@/lib/net/free-ports";

const root = path.resolve(import.meta.dirname, "../..");

export type Answer<T = unknown> = { status: number; headers: Headers; text: string; json: T };

/** A whole Slipway started as a stranger would start it, spoken to from outside over HTTP. */
export class Instance {
  private child: ChildProcess | undefined;
  readonly dir = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-e2e-"));
  readonly token = `slp_${randomBytes(32).toString("base64url")}`;
  readonly dataDir = path.join(this.dir, "data");
  readonly logFile = path.join(this.dir, "up.log");
  private constructor(readonly port: number, readonly gatewayPort: number, readonly env: Record<string, string>) {}

  static async start(env: Record<string, string> = {}): Promise<Instance> {
    const instance = await Instance.prepare(env);
    await instance.up();
    return instance;
  }

  /** Not started yet: its data directory is the test's to fill first. */
  static async prepare(env: Record<string, string> = {}): Promise<Instance> {
    return new Instance(await freePort(), await freePort(), env);
  }

  get base() { return `http://127.0.0.1:${this.port}`; }
  get gateway() { return `http://127.0.0.1:${this.gatewayPort}`; }

  /** Starts the up command and waits until it is ready. */
  async up(deadlineSeconds = 300): Promise<void> {
    const log = fs.openSync(this.logFile, "a");
    const child = spawn(process.execPath, [path.join(root, "scripts/bootstrap.mjs"), "up"], {
      cwd: root, detached: true, stdio: ["ignore", log, log],
      env: { ...process.env, NODE_ENV: "production", VITEST: "", ...this.env, PORT: String(this.port), GATEWAY_PORT: String(this.gatewayPort), SLIPWAY_DATA_DIR: this.dataDir, SLIPWAY_BOOTSTRAP_TOKEN: this.token },
    });
    this.child = child;
    const end = Date.now() + deadlineSeconds * 1000;
    while (!(await fetch(`${this.base}/readyz`).catch(() => null))?.ok) {
      if (child.exitCode !== null) throw new Error(`up ended with ${child.exitCode}:\n${this.log().slice(-4000)}`);
      if (Date.now() > end) throw new Error(`not ready in ${deadlineSeconds} s:\n${this.log().slice(-4000)}`);
      await sleep(100);
    }
  }

  log(): string {
    return fs.readFileSync(this.logFile, "utf8");
  }

  async api<T = never>(method: string, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const raw = body instanceof Uint8Array;
    const response = await fetch((url.startsWith("/serve") ? this.gateway : this.base) + url, {
      method, body: body === undefined ? undefined : raw ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
      headers: { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { "content-type": raw ? "application/octet-stream" : "application/json" }), ...headers },
    });
    const text = await response.text();
    let json: unknown = null;
    try {
      json = JSON.parse(text);
    } catch {
      // not every answer is JSON
    }
    return { status: response.status, headers: response.headers, text, json: json as T };
  }

  /** As `api`, and the answer must be a success. */
  async must<T = Record<string, unknown>>(method: string, url: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
    const answer = await this.api<T>(method, url, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${url} -> ${answer.status} ${answer.text.slice(0, 300)}`);
    return answer.json;
  }

  /** Polls until `ok`; the deadline is the test's, not a claim about speed. */
  async until(method: string, url: string, ok: (answer: Answer<Record<string, unknown>>) => boolean, seconds = 90): Promise<Answer<Record<string, unknown>>> {
    const end = Date.now() + seconds * 1000;
    let last: Answer<Record<string, unknown>> | undefined;
    while (Date.now() < end) {
      last = await this.api<Record<string, unknown>>(method, url).catch(() => undefined);
      if (last && ok(last)) return last;
      await sleep(100);
    }
    throw new Error(`${method} ${url} after ${seconds} s: ${last?.status} ${last?.text.slice(0, 600)}\n${this.log().slice(-3000)}`);
  }

  /** Living processes of this instance, with their command lines. */
  processes(): { pid: number; command: string }[] {
    const needle = `SLIPWAY_DATA_DIR=${this.dataDir}`;
    return fs.readdirSync("/proc").filter((p) => /^\d+$/.test(p) && Number(p) !== process.pid).flatMap((p) => {
      try {
        if (!fs.readFileSync(`/proc/${p}/environ`, "latin1").split("\0").includes(needle)) return [];
        if (/^\d+ \(.*\) Z/.test(fs.readFileSync(`/proc/${p}/stat`, "latin1"))) return [];
        return [{ pid: Number(p), command: fs.readFileSync(`/proc/${p}/cmdline`, "latin1").replaceAll("\0", " ").trim() }];
      } catch {
        return [];
      }
    });
  }

  /** SIGKILL to every process whose command line matches; returns how many. */
  kill(match: RegExp): number {
    const found = this.processes().filter((p) => match.test(p.command));
    for (const p of found) {
      try {
        process.kill(p.pid, "SIGKILL");
      } catch {
        // it was faster
      }
    }
    return found.length;
  }

  async killAll(): Promise<void> {
    for (let i = 0; i < 100 && this.processes().length > 0; i++) {
      this.kill(/./);
      await sleep(50);
    }
  }

  /** Ctrl-C. Returns the processes left behind. */
  async stop(): Promise<{ pid: number; command: string }[]> {
    const child = this.child;
    if (child?.pid && child.exitCode === null) {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      try {
        process.kill(-child.pid, "SIGINT");
      } catch {
        // already gone
      }
      await Promise.race([exited, sleep(40_000)]);
    }
    for (let i = 0; i < 40 && this.processes().length > 0; i++) await sleep(50);
    const left = this.processes();
    await this.killAll();
    return left;
  }

  async dispose(): Promise<void> {
    await this.killAll();
    fs.rmSync(this.dir, { recursive: true, force: true });
  }
}

/** A request made from a model's V2 metadata. */
export function exampleRequest(metadata: { inputs: { name: string; datatype: string; shape: number[] }[] }) {
  return {
    inputs: metadata.inputs.map((i) => {
      const shape = i.shape.map((d) => (Number(d) > 0 ? Number(d) : 1));
      const count = shape.reduce((a, b) => a * b, 1);
      return { name: i.name, datatype: i.datatype, shape, data: Array.from({ length: count }, (_, k) => (/FP|BF/.test(i.datatype) ? Math.sin(k) : i.datatype === "BOOL" ? k % 2 === 0 : k % 3)) };
    }),
  };
}
