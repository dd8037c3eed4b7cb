import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { ACCESS_HEADER, type ModelServerConfig } from "./config";
import { infer, type Serving } from "./infer";
import type { Metrics } from "./metrics";

const SERVER_NAME = "slipway-onnx";
const SERVER_VERSION = "1.0.0";

/** What the HTTP side sees of the process. `serving` is null until the model is loaded. */
export type ServerState = { serving: Serving | null; draining: boolean; inFlight: number };

function answer(res: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body);
  res.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text), ...headers }).end(text);
}

/** The Open Inference Protocol V2 over HTTP, plus `/metrics` and `/internal/sample`. */
export function createModelServer(config: ModelServerConfig, state: ServerState, metrics: Metrics): Server {
  const server = createServer((req, res) => {
    handle(req, res, config, state, metrics).catch(() => {
      if (!res.headersSent) answer(res, 500, { error: "The server failed on this request." });
      else res.destroy();
    });
  });
  server.keepAliveTimeout = 75_000;
  server.requestTimeout = 300_000;
  return server;
}

async function handle(req: IncomingMessage, res: ServerResponse, config: ModelServerConfig, state: ServerState, metrics: Metrics): Promise<void> {
  const url = req.url ?? "/";
  const path = url.includes("?") ? url.slice(0, url.indexOf("?")) : url;
  const route = matchRoute(path);
  if (route === null) return answer(res, 404, { error: `There is nothing at ${path}. This server speaks the Open Inference Protocol V2 below /v2.` });
  const method = route.verb === "infer" ? "POST" : "GET";
  if (req.method !== method && !(method === "GET" && req.method === "HEAD")) {
    return answer(res, 405, { error: `${path} answers ${method} only.` }, { allow: method });
  }
  if (state.draining) res.setHeader("connection", "close");
  const guarded = route.verb === "infer" || route.verb === "sample";
  if (guarded && config.accessToken !== undefined && req.headers[ACCESS_HEADER] !== config.accessToken) {
    return answer(res, 403, { error: "This replica answers its gateway only." });
  }

  const { serving } = state;
  const notReady = () => answer(res, 503, { error: "The model is still loading." }, { "retry-after": "1" });
  switch (route.verb) {
    case "live": return answer(res, 200, { live: true });
    case "ready": return answer(res, serving && !state.draining ? 200 : 503, { ready: serving !== null && !state.draining });
    case "server": return answer(res, 200, { name: SERVER_NAME, version: SERVER_VERSION, extensions: ["binary_tensor_data"] });
    case "metrics": {
      const text = await metrics.text();
      res.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8", "content-length": Buffer.byteLength(text) }).end(text);
      return;
    }
    case "sample": return answer(res, 200, await metrics.counters());
  }
  if (route.model !== config.model) return answer(res, 404, { error: `There is no model ${JSON.stringify(route.model)} here; this server has ${JSON.stringify(config.model)}.` });
  if (route.version !== null && route.version !== config.labels.revision) {
    return answer(res, 404, { error: `There is no version ${JSON.stringify(route.version)} here; this server has ${JSON.stringify(config.labels.revision)}.` });
  }
  if (route.verb === "modelReady") return answer(res, serving && !state.draining ? 200 : 503, { name: config.model, ready: serving !== null && !state.draining });
  if (serving === null) return notReady();
  if (route.verb === "model") {
    return answer(res, 200, { name: config.model, versions: [serving.version], platform: "onnx_onnxruntime", inputs: describe(serving.inputs), outputs: describe(serving.outputs) });
  }
  state.inFlight++;
  res.once("close", () => { state.inFlight--; });
  return infer(req, res, serving, () => state.draining);
}

// A sequence or a map has no datatype in the protocol and cannot be carried by it, so it is not offered either.
const describe = (signature: Serving["inputs"]) => signature.filter((s) => s.datatype !== null);

type Route =
  | { verb: "server" | "live" | "ready" | "metrics" | "sample" }
  | { verb: "model" | "modelReady" | "infer"; model: string; version: string | null };

/** The route a path stands for; null: none. */
export function matchRoute(path: string): Route | null {
  switch (path) {
    case "/v2": case "/v2/": return { verb: "server" };
    case "/v2/health/live": return { verb: "live" };
    case "/v2/health/ready": return { verb: "ready" };
    case "/metrics": return { verb: "metrics" };
    case "/internal/sample": return { verb: "sample" };
  }
  const found = /^\/v2\/models\/([^/]+)(?:\/versions\/([^/]+))?(\/ready|\/infer)?$/.exec(path);
  if (!found?.[1]) return null;
  try {
    return {
      verb: found[3] === "/infer" ? "infer" : found[3] === "/ready" ? "modelReady" : "model",
      model: decodeURIComponent(found[1]),
      version: found[2] === undefined ? null : decodeURIComponent(found[2]),
    };
  } catch {
    return null;
  }
}
