import { createServer as createHttpServer, request } from "node:http";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { serve } from "./serve";
import { ReplicaConnections, type ReplicaRequest } from "./replica-connections";

const closing: (() => void)[] = [];
afterEach(() => { for (const close of closing.splice(0)) close(); });

/** A server that sees bytes, not requests: `onRequest` gets each head with what is known of the body, and the socket. */
async function byteServer(onRequest: (text: string, socket: Socket) => void): Promise<{ connections: ReplicaConnections; port: number; opened: () => number }> {
  let opened = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    opened++;
    sockets.add(socket);
    socket.on("error", () => {}).on("data", (chunk) => onRequest(chunk.toString("latin1"), socket));
  });
  await new Promise<void>((r) => server.listen(0, "127.0.0.1", r));
  const { port } = server.address() as AddressInfo;
  const connections = new ReplicaConnections(port);
  closing.push(() => { connections.destroy(); server.close(); for (const s of sockets) s.destroy(); });
  return { connections, port, opened: () => opened };
}

type Told = { status: number; fields: string[]; text: string } | { lost: string };
const send = (connections: ReplicaConnections, change: Partial<ReplicaRequest> = {}): Promise<Told> => new Promise((resolve) => {
  const parts: Buffer[] = [];
  let head: { status: number; fields: string[] } = { status: 0, fields: [] };
  connections.send({ method: "POST", path: "/v2", fields: [], body: { held: Buffer.from("{}") }, ...change }, {
    onHead: (status, fields) => { head = { status, fields }; },
    onData: (chunk) => { parts.push(chunk); return true; },
    onEnd: (last) => resolve({ ...head, text: Buffer.concat([...parts, ...(last ? [last] : [])]).toString() }),
    onLost: (error) => resolve({ lost: error.message }),
  });
});
const ok = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

test("a request is written whole, with its own length and host whatever the fields say", async () => {
  let seen = "";
  const { connections, port } = await byteServer((text, socket) => { seen = text; socket.write(ok); });
  await send(connections, { path: "/v2/models/m/infer?x=1", fields: ["content-type", "application/json", "content-length", "999", "x-two", "a", "x-two", "b"], body: { held: Buffer.from("{\"a\":1}") } });
  expect(seen).toBe(`POST /v2/models/m/infer?x=1 HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\nx-two: a\r\nx-two: b\r\ncontent-length: 7\r\n\r\n{"a":1}`);
  await send(connections, { method: "GET", body: { held: Buffer.alloc(0) } });
  expect(seen).toBe(`GET /v2 HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
});

test("a connection takes one request after another, and more connections are opened for requests at once", async () => {
  const { connections, opened } = await byteServer((_text, socket) => setTimeout(() => socket.write(ok), 5));
  for (let i = 0; i < 20; i++) expect(await send(connections)).toMatchObject({ status: 200, text: "ok" });
  expect(opened()).toBe(1);
  await Promise.all(Array.from({ length: 4 }, () => send(connections)));
  expect(opened()).toBe(4);
});

test.each([
  ["says that it closes", "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok", { status: 200, text: "ok" }],
  ["says more than it announced", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n", { status: 200, text: "ok" }],
  ["speaks something else", "HELLO\r\n\r\n", { lost: "this is no HTTP/1.1 answer" }],
])("no second request goes over the connection of a replica that %s", async (_what, answer, told) => {
  let first = true;
  const { connections, opened } = await byteServer((_text, socket) => { socket.write(first ? answer : ok); first = false; });
  expect(await send(connections)).toMatchObject(told);
  expect(await send(connections)).toMatchObject({ status: 200, text: "ok" });
  expect(opened()).toBe(2);
});

test("bytes that come while nobody asks end the connection, and the next request has a new one", async () => {
  let answered: Socket | undefined;
  const { connections, opened } = await byteServer((_text, socket) => { answered = socket; socket.write(ok); });
  await send(connections);
  const gone = new Promise((r) => answered!.once("close", r));
  answered!.write("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged");
  await gone;
  expect(await send(connections)).toMatchObject({ status: 200, text: "ok" });
  expect(opened()).toBe(2);
});

test("an answer that ends with the connection is whole; one that ends before its length is lost", async () => {
  const answers = ["HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nall of it", "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\nhalf", "HTTP/1.1 200 OK\r\ncontent-le"];
  const { connections } = await byteServer((_text, socket) => socket.end(answers.shift()!));
  expect(await send(connections)).toMatchObject({ status: 200, text: "all of it" });
  expect(await send(connections)).toHaveProperty("lost");
  expect(await send(connections)).toHaveProperty("lost");
});

test("nobody listens: the request is lost, and so is a question", async () => {
  const { connections } = await byteServer(() => {});
  const dead = new ReplicaConnections(1);
  expect(await send(dead)).toHaveProperty("lost");
  await expect(dead.ask("/x", [], 1000)).rejects.toThrow();
  await expect(connections.ask("/silent", [], 50)).rejects.toThrow("did not answer /silent in 50 ms");
});

test("who aborts hears nothing more, and the replica sees the connection end", async () => {
  let ended: Promise<unknown> = Promise.resolve();
  const asked = Promise.withResolvers<void>();
  const { connections } = await byteServer((_text, socket) => { ended = new Promise((r) => socket.once("close", r)); asked.resolve(); });
  const told: string[] = [];
  const exchange = connections.send({ method: "GET", path: "/", fields: [], body: { held: Buffer.alloc(0) } }, { onHead: () => told.push("head"), onData: () => true, onEnd: () => told.push("end"), onLost: () => told.push("lost") });
  await asked.promise;
  exchange.abort();
  await ended;
  expect(told).toEqual([]);
});

/** The gateway's public port before one replica at `connections`. */
async function gatewayBefore(connections: ReplicaConnections): Promise<string> {
  const replica = { state: "ready", outstanding: 0, connections, acquire: () => () => {} };
  const deployment = { spec: { public: true }, starting: false, startsOnDemand: false, pools: new Map([[1, { weight: 100, replicas: [replica] }]]), counters: { count() {} }, noteDemand() {} };
  const server = createHttpServer((req, res) => void serve(req, res, { find: () => deployment as never, authorize: () => ({ ok: true }), accessToken: "x", hosts: null, warmUntil: 0, coldStartHoldMs: 0 }));
  await new Promise<void>((r) => server.listen(0, "127.0.0.1", r));
  closing.push(() => { server.close(); server.closeAllConnections(); });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/serve/acme/iris/v2`;
}

test("a body of unknown length passes in chunks, small and large ones whole", async () => {
  const seen: { length: number; declared: string | undefined }[] = [];
  const replica = createHttpServer((req, res) => {
    let length = 0;
    req.on("data", (c: Buffer) => { length += c.length; }).on("end", () => { seen.push({ length, declared: req.headers["content-length"] }); res.end("{}"); });
  });
  await new Promise<void>((r) => replica.listen(0, "127.0.0.1", r));
  closing.push(() => { replica.close(); replica.closeAllConnections(); });
  const url = await gatewayBefore(new ReplicaConnections((replica.address() as AddressInfo).port));
  const post = (chunks: Buffer[], headers: Record<string, number>) => new Promise((resolve, reject) => {
    const req = request(url, { method: "POST", headers }, (res) => res.resume().on("end", () => resolve(res.statusCode)));
    req.on("error", reject);
    for (const chunk of chunks) req.write(chunk);
    req.end();
  });
  expect(await post([Buffer.alloc(10), Buffer.alloc(300_000), Buffer.alloc(7)], {})).toBe(200);
  expect(await post([Buffer.alloc(10), Buffer.alloc(300_000)], { "content-length": 300_010 })).toBe(200);
  expect(await post([Buffer.alloc(3_000_000)], { "content-length": 3_000_000 })).toBe(200);
  expect(await post([], { "content-length": 0 })).toBe(200);
  expect(seen).toEqual([{ length: 300_017, declared: undefined }, { length: 300_010, declared: "300010" }, { length: 3_000_000, declared: "3000000" }, { length: 0, declared: "0" }]);
});

test.each([
  ["a header that would split the caller's answer", "HTTP/1.1 200 OK\r\nx-a: 1\nset-cookie: evil=1\r\ncontent-length: 2\r\n\r\nok"],
  ["a name that is none", "HTTP/1.1 200 OK\r\nx a: 1\r\ncontent-length: 2\r\n\r\nok"],
  ["chunks", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"],
])("a caller gets a problem, not the answer of a replica that sends %s", async (_what, answer) => {
  const { connections } = await byteServer((_text, socket) => socket.write(answer));
  const got = await fetch(await gatewayBefore(connections), { method: "POST", body: "{}" });
  expect([got.status, got.headers.get("set-cookie")]).toEqual([502, null]);
  expect(await got.json()).toMatchObject({ code: "bad_gateway" });
});

test("a caller who reads slowly stops the replica's sending, and gets the whole", async () => {
  const size = 64 * 1024 * 1024;
  let written = 0;
  const replica = createHttpServer((req, res) => {
    req.resume();
    res.writeHead(200, { "content-length": size });
    const chunk = Buffer.alloc(1024 * 1024, 1);
    const more = (): void => {
      while (written < size) {
        written += chunk.length;
        if (!res.write(chunk)) return void res.once("drain", more);
      }
      res.end();
    };
    more();
  });
  await new Promise<void>((r) => replica.listen(0, "127.0.0.1", r));
  closing.push(() => { replica.close(); replica.closeAllConnections(); });
  const url = await gatewayBefore(new ReplicaConnections((replica.address() as AddressInfo).port));
  const got = await new Promise<number>((resolve, reject) => {
    request(url, { method: "POST" }, (res) => {
      let length = 0;
      res.once("readable", () => setTimeout(() => {
        expect(written).toBeLessThan(size);
        res.on("data", (c: Buffer) => { length += c.length; }).on("end", () => resolve(length));
      }, 300));
    }).on("error", reject).end("{}");
  });
  expect(got).toBe(size);
});
