import { describe, expect, it } from "vitest";
import { AnswerReader } from "./replica-answer";

const read = (text: string, headOnly = false) => new AnswerReader(headOnly).read(Buffer.from(text, "latin1"));

describe("the head of an answer", () => {
  const answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-length:  5 \r\nX-Two: a\r\nx-two: b:c\r\n\r\nhello";

  it("is read with the bytes after it", () => {
    const found = read(answer)!;
    expect(found.head).toEqual({ status: 200, fields: ["content-type", "application/json", "content-length", "5", "x-two", "a", "x-two", "b:c"], length: 5, keepAlive: true });
    expect(found.rest.toString()).toBe("hello");
  });

  it("is the same wherever the network cuts it", () => {
    const bytes = Buffer.from(answer);
    const end = answer.indexOf("hello");
    for (let cut = 1; cut < end; cut++) {
      const reader = new AnswerReader(false);
      expect(reader.read(bytes.subarray(0, cut)), `cut at ${cut}`).toBeNull();
      const found = reader.read(bytes.subarray(cut))!;
      expect([found.head.fields.length, found.head.length, found.rest.toString()], `cut at ${cut}`).toEqual([8, 5, "hello"]);
    }
    const byByte = new AnswerReader(false);
    const found = [...bytes.subarray(0, end)].map((b) => byByte.read(Buffer.of(b)));
    expect(found.slice(0, -1).every((f) => f === null)).toBe(true);
    expect(found.at(-1)?.head.status).toBe(200);
  });

  it("comes after interim answers", () => {
    expect(read(`HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n${answer}`)?.head.status).toBe(200);
  });

  it("says when a body has no length, when none follows, and when the connection ends", () => {
    expect(read("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")?.head).toMatchObject({ status: 400, length: null, keepAlive: false });
    expect(read("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n", true)?.head.length).toBe(0);
    expect(read("HTTP/1.1 204\r\nConnection: Keep-Alive\r\n\r\n")?.head).toMatchObject({ length: 0, keepAlive: true });
    expect(read("HTTP/1.1 200 OK\r\nconnection: close\r\nconnection: keep-alive\r\n\r\n")?.head.keepAlive).toBe(false);
  });

  it.each([
    ["another protocol", "HTTP/2 200\r\n\r\n"],
    ["an older version", "HTTP/1.0 200 OK\r\n\r\n"],
    ["no number", "HTTP/1.1 OK\r\n\r\n"],
    ["a number out of range", "HTTP/1.1 999 x\r\n\r\n"],
    ["a number of four digits", "HTTP/1.1 2000 x\r\n\r\n"],
    ["another language", "-ERR unknown command\r\n\r\n"],
    ["a line without a name", "HTTP/1.1 200 OK\r\n: x\r\n\r\n"],
    ["a folded line", "HTTP/1.1 200 OK\r\nx-a: 1\r\n folded\r\n\r\n"],
    ["a length that is no number", "HTTP/1.1 200 OK\r\ncontent-length: 5x\r\n\r\n"],
    ["a negative length", "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n"],
    ["a list of lengths", "HTTP/1.1 200 OK\r\ncontent-length: 5, 5\r\n\r\n"],
    ["a body in chunks", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"],
    ["both a length and chunks", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n"],
    ["a change of protocol", "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n"],
    ["a head without an end", `HTTP/1.1 200 OK\r\nx: ${"a".repeat(70_000)}`],
    ["too large a head", `HTTP/1.1 200 OK\r\nx: ${"a".repeat(70_000)}\r\n\r\n`],
  ])("is an error, not a guess: %s", (_what, text) => {
    expect(() => read(text)).toThrow();
  });
});
