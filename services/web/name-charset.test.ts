import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { nameCharset } from "./name-charset";

const server = http.createServer((request, response) => {
  nameCharset(response);
  response.setHeader("content-type", decodeURIComponent(request.url!.slice(1)));
  response.end("x");
});
beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => void server.close());

it.each([
  ["text/plain", "text/plain; charset=utf-8"], ["application/xml", "application/xml; charset=utf-8"], ["image/svg+xml", "image/svg+xml; charset=utf-8"],
  ["text/html; charset=utf-8", "text/html; charset=utf-8"], ["text/plain; Charset=latin1", "text/plain; Charset=latin1"], ["image/png", "image/png"], ["application/json", "application/json"],
])("%s leaves as %s", async (given, told) => {
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${encodeURIComponent(given)}`);
  expect(answer.headers.get("content-type")).toBe(told);
});
