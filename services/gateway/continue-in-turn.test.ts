import { createServer, type ServerResponse } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { continueInTurn } from "./continue-in-turn";

const answer = (res: ServerResponse) => res.writeHead(200, { "content-length": 4 }).end(Buffer.from("body"));

test.each(["before", "after"])("an answer that is there %s its turn has no words of another within, and the caller is told to continue", async (when) => {
  const first = Promise.withResolvers<ServerResponse>();
  const server = continueInTurn(createServer((req, res) => {
    if (req.url === "/first") return first.resolve(res);
    if (when === "before") answer(res);
    void first.promise.then(answer);
    if (when === "after") res.once("socket", () => setImmediate(() => answer(res)));
  }));
  await new Promise<void>((r) => server.listen(0, "127.0.0.1", r));
  try {
    const caller = connect((server.address() as AddressInfo).port, "127.0.0.1");
    caller.write("GET /first HTTP/1.1\r\nhost: x\r\n\r\nPOST /second HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}");
    const got = await text(caller);
    const told = when === "after" ? "HTTP/1.1 100 Continue\r\n\r\n" : "";
    expect(got.replace(/(date|keep-alive|connection): .*\r\n/gi, "")).toBe(`HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbody${told}HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbody`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
