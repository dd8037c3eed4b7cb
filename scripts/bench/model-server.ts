import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import readline from "node:readline";

const root = path.resolve(import.meta.dirname, "../..");

export type ByHand = { base: string; child: ChildProcess };

/** Starts the model server Slipway starts (the same bundle and configuration), by hand, and waits until the model is loaded. */
export async function startByHand(name: string, file: string): Promise<ByHand> {
  const bytes = fs.readFileSync(file);
  const bundle = modelServerBundle();
  const child = spawn(process.execPath, [bundle], { stdio: ["pipe", "pipe", "ignore"], env: { PATH: process.env.PATH, NODE_ENV: "production", ORT_DISABLE_TELEMETRY: "1", ORT_TELEMETRY_DISABLED: "1" } });
  child.stdin!.on("error", () => undefined);
  child.stdin!.write(`${JSON.stringify({
    model: name, files: [{ path: "model.onnx", absolutePath: file, sizeBytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") }],
    queueLimit: 64, intraOpThreads: 1, host: "127.0.0.1", port: 0, memoryMib: 0, labels: { project: "by-hand", deployment: name, revision: "1", replica: "by-hand" },
  })}\n`);
  let port = 0;
  for await (const line of readline.createInterface({ input: child.stdout! })) {
    if (!line.startsWith('{"event"')) continue;
    const event = JSON.parse(line) as { event: string; port?: number; message?: string };
    if (event.event === "listening") port = event.port!;
    if (event.event === "failed") throw new Error(`the model server by hand: ${event.message}`);
    if (event.event === "ready") {
      child.stdout!.resume();
      return { base: `http://127.0.0.1:${port}`, child };
    }
  }
  throw new Error("the model server by hand ended before it was ready");
}

function modelServerBundle(): string {
  const found = ["dist", ".next/dist", "build"].map((d) => path.join(root, d, "model-server.mjs")).find((p) => fs.existsSync(p));
  if (!found) throw new Error("model-server.mjs was not built");
  return found;
}

const agent = new http.Agent({ keepAlive: true });

/** Posts JSON over a kept connection; milliseconds until the whole answer. Throws on anything but 200. */
export function timedRequest(url: string, options: { body?: string; headers?: Record<string, string> } = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const request = http.request(url, { agent, method: options.body === undefined ? "GET" : "POST", headers: { ...(options.body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(options.body) }), ...options.headers } }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => { if (response.statusCode !== 200) text += chunk.toString(); });
      response.on("end", () => (response.statusCode === 200 ? resolve(performance.now() - began) : reject(new Error(`${url}: ${response.statusCode} ${text.slice(0, 200)}`))));
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(options.body);
  });
}
