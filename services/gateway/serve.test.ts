import { createServer, request, type IncomingMessage, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { serve, type ServeContext } from "./serve";

let server: Server;
afterEach(() => { server.close(); server.closeAllConnections(); });

/** A gateway with one deployment that has no replica. `onServed` is told of each request that is over. */
async function gateway(authorize: (req: IncomingMessage) => ReturnType<ServeContext["authorize"]>, onServed: () => void = () => {}): Promise<number> {
  const deployment = { spec: { public: false, ref: null }, starting: false, startsOnDemand: false, pools: new Map(), counters: { count() {} }, noteDemand() {} };
  server = createServer((req, res) => void serve(req, res, { find: () => deployment as never, authorize: () => authorize(req), accessToken: "x", hosts: null, warmUntil: 0, coldStartHoldMs: 0 }).then(onServed));
  await new Promise<void>((r) => server.listen(0, "127.0.0.1", r));
  return (server.address() as AddressInfo).port;
}

test("nothing is left of a caller who leaves while his token is asked for", async () => {
  const asked = Promise.withResolvers<void>();
  const known = Promise.withResolvers<void>();
  let served = false;
  const port = await gateway((req) => new Promise((resolve) => {
    asked.resolve();
    req.once("close", () => {
      resolve({ ok: true });
      known.resolve();
    });
  }), () => { served = true; });
  const caller = connect(port, "127.0.0.1").on("error", () => {});
  caller.write("POST /serve/acme/iris/v2 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\ncontent-length: 2\r\n\r\n{}");
  await asked.promise;
  caller.destroy();
  await known.promise;
  await new Promise((r) => setImmediate(r));
  expect(served).toBe(true);
});

test("a caller keeps his connection when no replica is ready", async () => {
  const port = await gateway(() => ({ ok: true }));
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ port, host: "127.0.0.1", path: "/serve/acme/iris/v2", method: "POST", headers: { authorization: "Bearer good", connection: "keep-alive" } }, resolve).on("error", reject).end("{}");
  });
  answer.resume();
  expect([answer.statusCode, answer.headers.connection]).toEqual([503, "keep-alive"]);
});
