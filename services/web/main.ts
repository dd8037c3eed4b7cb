import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { boot } from "@/services/web/boot";
import { admitRequest } from "@/services/web/admit-request";
import { completeRefusals } from "@/services/web/complete-refusals";
import { nameCharset } from "@/services/web/name-charset";
import { contentSecurityPolicy, nonceSources, securityHeaders } from "@/services/web/security-headers";
import { advertises } from "@/services/web/advertises";
import { loadStaticFiles, serveStaticFile } from "@/services/web/static-files";
import { loadStaticPages, serveStaticPage } from "@/services/web/static-pages";
import { env } from "@/lib/env";
import { keepBeating } from "@/lib/health/beat";
import { createLogger } from "@/lib/logger";
import { allowedHosts } from "@/lib/net/allowed-hosts";
import { withIncoming } from "@/lib/net/incoming-body";
import { SOCKET_ADDRESS_HEADER } from "@/lib/net/client-address";
import { endWithParent } from "@/services/supervisor/end-with-parent";

// Next behind a server of our own: it checks the host, sets the nonce and the security headers on every answer, and lifts
// Node's five-minute limit on a request, which a large upload over a slow line would hit. It guards no route: routes do.
const e = env();
const log = createLogger("web");
const app = next({ dev: e.NODE_ENV === "development", hostname: e.HOST, port: e.PORT, dir: process.cwd() });

await app.prepare();
await boot(log);
const beat = keepBeating("web", log);
const handle = app.getRequestHandler();
const hosts = allowedHosts();
const headers = securityHeaders(e.baseUrl);
const pages = e.NODE_ENV === "development" ? new Map() : loadStaticPages(".next", e.baseUrl);
const files = loadStaticFiles("dist/static");

const server = createServer({ requestTimeout: 0, headersTimeout: 30_000, keepAliveTimeout: 65_000 }, (request: IncomingMessage, response: ServerResponse) => {
  const refusal = admitRequest(request, hosts);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (refusal) {
    const { code } = refusal;
    response.writeHead(refusal.status, { "content-type": "application/problem+json", connection: "close" });
    response.end(JSON.stringify({ type: `/docs/problems#${code}`, title: "The request was refused", status: refusal.status, code, detail: refusal.detail, requestId: "" }));
    return;
  }
  if (serveStaticFile(files, request, response)) return;
  // Inside a company there is nobody to advertise to: the portal stands in the place of the start page and the contact form.
  if (e.SLIPWAY_PUBLIC_SITE === "off" && advertises(request.url ?? "")) {
    response.writeHead(307, { location: "/app" }).end();
    return;
  }
  if (serveStaticPage(pages, request, response)) return;
  request.headers["x-slipway-path"] = request.url; // lib/auth/page-session.ts leads back here after signing in
  request.headers[SOCKET_ADDRESS_HEADER] = request.socket.remoteAddress ?? "unknown";
  if (request.url?.startsWith("/api/")) completeRefusals(response);
  else {
    nameCharset(response);
    const nonce = randomBytes(16).toString("base64");
    const policy = contentSecurityPolicy(nonceSources(nonce));
    request.headers["x-nonce"] = nonce;
    request.headers["content-security-policy"] = policy; // Next reads the nonce from here
    response.setHeader("content-security-policy", policy);
  }
  void withIncoming(request, () => handle(request, response)).catch((error: unknown) => {
    log.error({ err: error, url: request.url?.split("?")[0] }, "request failed");
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});

// Nothing here speaks WebSocket; an upgrade is closed before anything could proxy it.
server.on("upgrade", (_request, socket) => socket.destroy());

server.listen(e.PORT, e.HOST, () => log.info({ url: e.baseUrl }, "web is listening"));

let closing = false;
async function close(signal: string): Promise<void> {
  if (closing) return;
  closing = true;
  log.info({ signal }, "web is stopping");
  const signedOff = beat.stop();
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 3000).unref();
  setTimeout(() => process.exit(0), 5000).unref();
  await Promise.all([new Promise((resolve) => server.once("close", resolve)), signedOff]);
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void close(signal));
endWithParent(() => void close("parent ended"));
