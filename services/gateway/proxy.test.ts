import { createServer, type ServerResponse } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { forward } from "./proxy";
import type { AnswerListener } from "./replica-connections";

test("an answer that breaks while it waits behind another one ends the connection in its turn", async () => {
  let first: ServerResponse | undefined;
  const outcomes: unknown[] = [];
  const connections = {
    send(_request: unknown, listener: AnswerListener) {
      setImmediate(() => {
        listener.onHead(200, ["content-length", "10"]);
        listener.onData(Buffer.from("half"));
        listener.onLost(new Error("gone"));
        setImmediate(() => first?.end("one"));
      });
      return { resume() {}, abort() {} };
    },
  };
  const server = createServer((req, res) => {
    if (req.url === "/first") return void (first = res);
    void forward(req, res, "/v2", { held: Buffer.alloc(0) }, { connections, acquire: () => () => {} } as never, "x").then((outcome) => outcomes.push(outcome));
  });
  await new Promise<void>((r) => server.listen(0, "127.0.0.1", r));
  try {
    const caller = connect((server.address() as AddressInfo).port, "127.0.0.1");
    caller.write("GET /first HTTP/1.1\r\nhost: x\r\n\r\nGET /second HTTP/1.1\r\nhost: x\r\n\r\n");
    expect(await text(caller)).toMatch(/\r\n\r\none/);
    expect(outcomes).toEqual([{ kind: "broken" }]);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
