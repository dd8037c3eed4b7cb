/** Larger heads than this no replica of ours sends. */
const MAX_HEAD_BYTES = 64 * 1024;
const END_OF_HEAD = "\r\n\r\n";

/** Names and values in turn, as they came; names in lower case. */
export type Fields = string[];

export type AnswerHead = {
  status: number;
  fields: Fields;
  /** Bytes of the body; null: all until the connection ends. */
  length: number | null;
  /** The replica takes more requests on this connection. */
  keepAlive: boolean;
};

/**
 * Reads the head of one HTTP/1.1 answer out of the bytes of a connection. It knows what the model server sends and no more: a body has a
 * Content-Length or ends with the connection. Anything else is an error, never a guess.
 */
export class AnswerReader {
  private held: Buffer | null = null;

  /** `headOnly`: the request was HEAD, so no body follows whatever the head says. */
  constructor(private readonly headOnly: boolean) {}

  /** The head and the bytes after it once the head is whole, else null. Throws an Error that says what is wrong. */
  read(chunk: Buffer): { head: AnswerHead; rest: Buffer } | null {
    let bytes = this.held ? Buffer.concat([this.held, chunk]) : chunk;
    for (;;) {
      const end = bytes.indexOf(END_OF_HEAD);
      if (end > MAX_HEAD_BYTES || (end < 0 && bytes.length > MAX_HEAD_BYTES)) throw new Error(`the head of an answer is larger than ${MAX_HEAD_BYTES} bytes`);
      if (end < 0) {
        this.held = bytes;
        return null;
      }
      const head = this.parse(bytes.toString("latin1", 0, end));
      bytes = bytes.subarray(end + END_OF_HEAD.length);
      // An interim answer (103) says nothing that the caller must hear; 101 would turn the connection into something else.
      if (head.status >= 200) return { head, rest: bytes };
      if (head.status === 101) throw new Error("the replica wants to change the protocol");
    }
  }

  private parse(text: string): AnswerHead {
    const lines = text.split("\r\n");
    const first = lines[0] ?? "";
    const status = Number(first.slice(9, 12));
    if (!first.startsWith("HTTP/1.1 ") || !(status >= 100 && status <= 599) || (first.length > 12 && first[12] !== " ")) throw new Error("this is no HTTP/1.1 answer");
    const fields: Fields = [];
    const head: AnswerHead = { status, fields, length: null, keepAlive: true };
    for (let i = 1; i < lines.length; i++) {
      const line = lines[i] as string;
      const colon = line.indexOf(":");
      if (colon < 1) throw new Error("a line of the head has no name");
      const name = line.slice(0, colon).toLowerCase();
      const value = line.slice(colon + 1).trim();
      fields.push(name, value);
      if (name === "transfer-encoding") throw new Error("the body of an answer has no known length");
      if (name === "connection") head.keepAlive &&= value.toLowerCase() === "keep-alive";
      if (name === "content-length") {
        if (head.length !== null || !/^\d{1,15}$/.test(value)) throw new Error("the length of an answer is not one number");
        head.length = Number(value);
      }
    }
    if (this.headOnly || status === 204 || status === 304) head.length = 0;
    return head;
  }
}
