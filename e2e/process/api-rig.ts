import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ENDPOINTS } from "@/lib/api/registry";
import { serve } from "@/lib/api/serve-endpoint";
import { hashToken, newToken, tokenPrefix } from "@/lib/auth/tokens";
import { db } from "@/lib/db/client";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@/lib/db/embedded/start";
import { migrate } from "@/lib/db/migrate";
import { pool } from "@/lib/db/pool";
import { seed } from "@/lib/db/seed";

/** The whole REST API over HTTP on a PostgreSQL and a data directory of its own, without Next and its build around it: every endpoint of the registry, real from the wrapper inwards. */
export class ApiRig {
  readonly dir = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-api-"));
  readonly dataDir = path.join(this.dir, "data");
  readonly token = newToken();
  private postgres!: EmbeddedPostgres;
  private server!: Server;

  static async start(): Promise<ApiRig> {
    const rig = new ApiRig();
    fs.mkdirSync(rig.dataDir, { mode: 0o700 });
    // PostgreSQL keeps its writes over kill -9 of its processes without waiting for the disk.
    rig.postgres = await startEmbeddedPostgres({ dataDir: rig.dataDir, log: { info: () => undefined, warn: () => undefined }, settings: { fsync: "off" } });
    Object.assign(process.env, { DATABASE_URL: rig.postgres.appUrl, SLIPWAY_DATA_DIR: rig.dataDir });
    await migrate({ migrationUrl: rig.postgres.migrationUrl, appUrl: rig.postgres.appUrl });
    await seed();
    const id = randomUUID();
    await db().user.create({ data: { id, name: "operator", email: `${id}@example.com`, instanceRole: "owner", tokens: { create: { name: "t", tokenHash: new Uint8Array(hashToken(rig.token)), prefix: tokenPrefix(rig.token), scopes: ["read", "write", "predict", "admin"] } } } });
    rig.server = createServer((request, response) => void rig.answer(request, response));
    await new Promise<void>((resolve) => rig.server.listen(0, "127.0.0.1", resolve));
    return rig;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get base(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** As the owner; the answer must be a success. */
  async must<T = Record<string, unknown>>(method: string, url: string, body?: unknown): Promise<T> {
    const raw = body instanceof Uint8Array;
    const response = await fetch(this.base + url, {
      method, body: body === undefined ? undefined : raw ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
      headers: { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { "content-type": raw ? "application/octet-stream" : "application/json" }) },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${url} -> ${response.status} ${text.slice(0, 300)}`);
    return (text === "" ? null : JSON.parse(text)) as T;
  }

  async dispose(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server ? this.server.close(resolve) : resolve(null));
    await db().$disconnect();
    await pool().end();
    await this.postgres?.stop();
    fs.rmSync(this.dir, { recursive: true, force: true });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.base);
    for (const e of ENDPOINTS.filter((each) => each.method === request.method)) {
      const names = [...e.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!);
      const found = new RegExp(`^${e.path.replace(/\{\w+\}/g, "([^/]+)")}$`).exec(url.pathname);
      if (!found) continue;
      const body = request.method === "GET" || request.method === "HEAD" ? undefined : (Readable.toWeb(request) as ReadableStream<Uint8Array>);
      const answer = await serve(e)[e.method](
        new Request(url, { method: request.method, headers: request.headers as Record<string, string>, body, ...(body ? { duplex: "half" } : {}) } as RequestInit),
        { params: Promise.resolve(Object.fromEntries(names.map((n, i) => [n, decodeURIComponent(found[i + 1]!)]))) });
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      await (answer.body ? pipeline(Readable.fromWeb(answer.body as never), response) : Promise.resolve(response.end())).catch(() => undefined);
      return;
    }
    response.writeHead(404).end();
  }
}
