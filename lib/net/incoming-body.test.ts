import http from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { incomingBody, withIncoming, withIncomingBody } from "./incoming-body";

// As Next does it: a Request whose body is a web stream over the message.
let handler: (request: Request, message: http.IncomingMessage) => Promise<string>;
const server = http.createServer((message, response) => {
  const stream = Readable.toWeb(Readable.from((async function* () { yield* message; })())) as ReadableStream;
  const request = new Request("http://127.0.0.1/", { method: "POST", body: stream, duplex: "half" } as RequestInit);
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
