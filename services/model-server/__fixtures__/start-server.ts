import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { parseEvent, type ServerEvent } from "../events";
import type { ModelServerConfig } from "../config";

const ROOT = path.resolve(import.meta.dirname, "../../..");

export type RunningServer = {
  child: ChildProcessWithoutNullStreams;
  events: ServerEvent[];
  url: string;
  /** Resolves with the first event of a kind, also one of the past. */
  event: <K extends ServerEvent["event"]>(kind: K) => Promise<Extract<ServerEvent, { event: K }>>;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  infer: (body: unknown, headers?: Record<string, string>) => Promise<Response>;
};

const running = new Set<ChildProcessWithoutNullStreams>();

/** For afterEach: ends every server a test left. */
export async function stopServers(): Promise<void> {
  await Promise.all([...running].map(async (child) => {
    child.kill("SIGKILL");
    await once(child, "close");
  }));
}

/** A real model server process for a model of these bytes (or at this path). Waits for the port, not for the model. */
export async function startServer(model: Buffer | string, overrides: Partial<ModelServerConfig> = {}): Promise<RunningServer> {
  let file = model as string;
  if (typeof model !== "string") {
    file = path.join(mkdtempSync(path.join(tmpdir(), "slipway-model-")), "model.onnx");
    writeFileSync(file, model);
  }
  const content = readFileSync(file);
  const config: ModelServerConfig = {
    model: "m",
    files: [{ path: "model.onnx", absolutePath: file, sizeBytes: content.length, sha256: createHash("sha256").update(content).digest("hex") }],
    queueLimit: 64, intraOpThreads: 1, host: "127.0.0.1", port: 0, memoryMib: 0,
    labels: { project: "p", deployment: "d", revision: "1", replica: "r" },
    ...overrides,
  };
  const child = spawn(process.execPath, ["--import", "tsx", "services/model-server/main.ts"], { cwd: ROOT, stdio: ["pipe", "pipe", "pipe"] });
  running.add(child);
  child.stdin.on("error", () => {});
  child.stderr.resume();
  const exited = once(child, "close").then(([code, signal]) => {
    running.delete(child);
    if (file !== model) rmSync(path.dirname(file), { recursive: true, force: true });
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  const events: ServerEvent[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const event = parseEvent(line);
    if (event) events.push(event);
    for (const wake of waiting) wake();
  });
  const event: RunningServer["event"] = (kind) => new Promise((resolve, reject) => {
    const look = () => {
      const found = events.find((e) => e.event === kind);
      if (!found) return;
      waiting.delete(look);
      resolve(found as never);
    };
    waiting.add(look);
    look();
    void exited.then(() => { look(); reject(new Error(`exited without the event ${kind}: ${JSON.stringify(events)}`)); });
  });
  child.stdin.write(`${JSON.stringify(config)}\n`);
  const { port } = await event("listening");
  const url = `http://127.0.0.1:${port}`;
  const infer: RunningServer["infer"] = (body, headers = {}) =>
    fetch(`${url}/v2/models/m/infer`, { method: "POST", headers, body: body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) });
  return { child, events, url, event, exited, infer };
}

/** As startServer, but the model is loaded. */
export async function startReady(model: Buffer | string, overrides: Partial<ModelServerConfig> = {}): Promise<RunningServer> {
  const server = await startServer(model, overrides);
  await server.event("ready");
  return server;
}
