import http from "node:http";
import { inject } from "vitest";

/** What the tests of one run share: one Slipway of the production build, two tenants, and secrets planted in every slot. */
export type World = {
  base: string; gateway: string; dataDir: string; logFile: string; buildDir: string;
  /** The owner's API token, and cookies of two people: an owner, and a deployer of harbour alone. */
  token: string; ownerCookie: string; deployerCookie: string;
  owner: { email: string; id: string }; deployer: { email: string; id: string };
  password: string;
  /** Text that only a member of harbour may ever read. */
  marker: string;
  canaries: Record<string, string>;
  appUrl: string;
};

declare module "vitest" {
  interface ProvidedContext { world: World }
}

export const world = (): World => inject("world");
/** The tenant whose things must not be seen, and the one that tries to see them. */
export const HARBOUR = "harbour";
export const ISLAND = "island";

export type Sent = { status: number; headers: http.IncomingHttpHeaders; text: string };
export type Send = { method?: string; headers?: Record<string, string>; body?: string | Buffer; base?: string; token?: string; cookie?: string; agent?: http.Agent };

const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
let callers = 0;
/** The instance trusts a proxy on loopback, so that each anonymous call may come from an address of its own and no limit hides an answer. */
export const address = () => `198.18.${(callers >> 8) & 255}.${callers++ & 255}`;

/** A request exactly as written: no normalised path, no added header, no followed redirect. */
export function send(path: string, o: Send = {}): Promise<Sent> {
  const base = new URL(o.base ?? world().base);
  const headers: Record<string, string> = {
    host: base.host, "x-forwarded-for": address(),
    ...(o.token ? { authorization: `Bearer ${o.token}` } : {}), ...(o.cookie ? { cookie: o.cookie } : {}),
    ...(o.body === undefined ? {} : { "content-length": String(Buffer.byteLength(o.body)) }), ...o.headers,
  };
  return new Promise((resolve, reject) => {
    const request = http.request({ host: base.hostname, port: base.port, path, method: o.method ?? "GET", headers, agent: o.agent ?? agent, setHost: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, text: Buffer.concat(parts).toString("utf8") }));
    });
    request.on("error", reject);
    request.end(o.body);
  });
}

/** A JSON call with the owner's token unless another caller is named. */
export async function api<T = Record<string, unknown>>(method: string, path: string, body?: unknown, o: Send = {}): Promise<Sent & { json: T }> {
  const answer = await send(path, {
    method, token: o.cookie ? undefined : world().token, ...o, body: body === undefined ? undefined : JSON.stringify(body),
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...(o.cookie ? { origin: world().base } : {}), ...o.headers },
  });
  return { ...answer, json: (answer.text.startsWith("{") ? JSON.parse(answer.text) : null) as T };
}

/** A problem document's text without what differs for every request. */
export const withoutId = (text: string) => text.replace(/"requestId":"[^"]*"/, "");
