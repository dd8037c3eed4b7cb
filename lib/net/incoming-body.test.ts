import { createHash, randomBytes } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { text as textOf } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { incomingBody, withIncoming, withIncomingBody } from "./incoming-body";

const MIB = 1024 * 1024;

// As Next does it: a Request whose body is made from the message.
let handler: (request: Request, message: http.IncomingMessage) => Promise<string>;
const server = http.createServer((message, response) => {
  const request = new Request("http://127.0.0.1/", { method: "POST", body: message, duplex: "half" } as unknown as RequestInit);
  void withIncoming(message, () => handler(request, message)).then((text) => response.end(text), (error: Error) => response.writeHead(500).end(error.message));
});
beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => { server.closeAllConnections(); server.close(); });

async function send(body: string | Uint8Array<ArrayBuffer>): Promise<string> {
  return (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { method: "POST", body })).text();
}
const text = (body: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>) => textOf(body as AsyncIterable<Uint8Array>);

it("is the message's own, not the Request's copy of it", async () => {
  handler = async (request, message) => `${await text(incomingBody(request)!)} ${message.readableDidRead} ${request.bodyUsed}`;
  expect(await send("a model")).toBe("a model true false");
});

it("comes whole through a reader that is slower than the sender, and holds no chunk that was read", async () => {
  const sent = randomBytes(20 * MIB);
  handler = async (request) => {
    const hash = createHash("sha256");
    let before: Uint8Array | undefined;
    let kept = 0;
    for await (const chunk of incomingBody(request) as AsyncIterable<Uint8Array>) {
      kept += before?.byteLength ?? 0;
      hash.update(chunk);
      before = chunk;
      if (Math.random() < 0.05) await new Promise((r) => setTimeout(r, 2));
    }
    return `${hash.digest("hex")} ${kept}`;
  };
  expect(await send(sent)).toBe(`${createHash("sha256").update(sent).digest("hex")} 0`);
});

it("fails when the sender leaves in the middle", async () => {
  const failed = Promise.withResolvers<string>();
  handler = async (request) => {
    const body = incomingBody(request) as AsyncIterable<Uint8Array>;
    try {
      for await (const chunk of body) void chunk;
      failed.resolve("it ended as if it were whole");
    } catch (error) {
      failed.resolve((error as Error).message);
    }
    return "";
  };
  const leaving = http.request({ port: (server.address() as AddressInfo).port, method: "POST", headers: { "content-length": 3 * MIB } });
  leaving.on("error", () => undefined);
  leaving.write(randomBytes(MIB), () => leaving.destroy());
  expect(await failed.promise).toMatch(/aborted|left/);
});

it("is given to a library as a Request of the same kind", async () => {
  handler = async (request) => { const same = withIncomingBody(request); return `${same === request} ${same.method} ${await same.text()} ${request.bodyUsed}`; };
  expect(await send("a chunk")).toBe("false POST a chunk false");
});

it("leaves the socket open for the answer of a reader that stops early", async () => {
  handler = async (request) => { for await (const chunk of incomingBody(request) as AsyncIterable<Uint8Array>) return `enough after ${chunk.byteLength > 0}`; return "nothing"; };
  expect(await send(new Uint8Array(1 << 20))).toBe("enough after true");
});

it("is the Request's where the message was read already, and where there is none", async () => {
  handler = async (request, message) => { await text(message); return `${incomingBody(request) === request.body} ${withIncomingBody(request) === request}`; };
  expect(await send("x")).toBe("true true");
  const alone = new Request("http://127.0.0.1/", { method: "POST", body: "y" });
  expect(await text(incomingBody(alone)!)).toBe("y");
  expect(incomingBody(new Request("http://127.0.0.1/"))).toBeNull();
});
