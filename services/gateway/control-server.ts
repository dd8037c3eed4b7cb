import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { diffSpec } from "@/lib/targets/diff-spec";
import type { DeploymentSpec, LogLine } from "@/lib/targets/target";
import type { ChangeFeed } from "./change-feed";
import type { LocalDeployment } from "./local-deployment";
import { sendProblem } from "./problem";

const MAX_BODY_BYTES = 8 * 1024 * 1024;

export type ControlContext = {
  token: string;
  get: (id: string) => LocalDeployment | undefined;
  all: () => Iterable<LocalDeployment>;
  put: (spec: DeploymentSpec) => void;
  remove: (id: string) => void;
  changes: ChangeFeed;
};

const json = (res: ServerResponse, status: number, body: unknown) => {
  const text = JSON.stringify(body);
  res.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) }).end(text);
};

/**
 * The control socket of the local target, on loopback, for whoever can read its token:
 * GET /health · GET /deployments · GET /observations · GET /changes?since= · PUT|GET|DELETE /deployments/{id} · POST /deployments/{id}/plan · GET /deployments/{id}/logs
 */
export function createControlServer(context: ControlContext): Server {
  const expected = Buffer.from(`Bearer ${context.token}`);
  return createServer((req, res) => {
    const given = Buffer.from(req.headers.authorization ?? "");
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return sendProblem(res, "unauthenticated", "The control socket asks for its token.");
    handle(req, res, context).catch((e: unknown) => sendProblem(res, "invalid_request", e instanceof Error ? e.message : "unreadable request"));
  });
}

async function handle(req: IncomingMessage, res: ServerResponse, context: ControlContext): Promise<void> {
  const url = new URL(req.url ?? "/", "http://control");
  if (url.pathname === "/health" && req.method === "GET") return json(res, 200, { status: "ok", pid: process.pid });
  if (url.pathname === "/deployments" && req.method === "GET") return json(res, 200, [...context.all()].map((d) => d.spec.ref));
  if (url.pathname === "/observations" && req.method === "GET") return json(res, 200, Object.fromEntries([...context.all()].map((d) => [d.spec.ref.id, d.observe(Date.now())])));
  if (url.pathname === "/changes" && req.method === "GET") return json(res, 200, context.changes.since(url.searchParams.get("since"), context.all()));
  const found = /^\/deployments\/([A-Za-z0-9_-]{1,64})(\/logs|\/plan)?$/.exec(url.pathname);
  if (!found?.[1]) return sendProblem(res, "not_found", "There is nothing at this path of the control socket.");
  const id = found[1];
  const verb = `${req.method} ${found[2] ?? ""}`.trim();
  switch (verb) {
    case "PUT": {
      context.put(await readSpec(req, id));
      return json(res, 202, {});
    }
    case "POST /plan": return json(res, 200, diffSpec(context.get(id)?.spec ?? null, await readSpec(req, id)));
    case "GET": return json(res, 200, context.get(id)?.observe(Date.now()) ?? { exists: false });
    case "DELETE": {
      context.remove(id);
      return void res.writeHead(204).end();
    }
    case "GET /logs": return streamLogs(res, url.searchParams, context.get(id));
    default: return sendProblem(res, "method_not_allowed", "This path of the control socket has no such verb.");
  }
}

async function readSpec(req: IncomingMessage, id: string): Promise<DeploymentSpec> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error("the spec is too large");
    chunks.push(chunk);
  }
  const spec = JSON.parse(Buffer.concat(chunks).toString("utf8")) as DeploymentSpec;
  if (spec?.ref?.id !== id || !Array.isArray(spec.revisions) || typeof spec.scaling?.max !== "number") throw new Error("the body is no DeploymentSpec of this id");
  return spec;
}

/** NDJSON: the tail, then, with follow=1, every new line until either side closes. */
function streamLogs(res: ServerResponse, query: URLSearchParams, deployment: LocalDeployment | undefined): void {
  res.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" });
  if (!deployment) return void res.end();
  const revision = query.get("revision");
  const replica = query.get("replica");
  const matches = (l: LogLine) => (revision === null || l.revision === Number(revision)) && (replica === null || l.replica === replica);
  const write = (l: LogLine) => { if (matches(l)) res.write(`${JSON.stringify(l)}\n`); };
  for (const line of deployment.logs.tail(Number(query.get("tail") ?? 100), matches)) write(line);
  if (query.get("follow") !== "1") return void res.end();
  res.flushHeaders();
  const stop = deployment.logs.follow(write);
  res.on("close", stop);
}
