import type { IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { AnswerReader, type AnswerHead, type Fields } from "./replica-answer";

/** Of a body that streams as much as this is on its way at a time. */
const PASSING_BYTES = 256 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;
/** The model server ends a connection after 75 s without a request; one that old is not begun with. */
const IDLE_MS = 60_000;

/** The body to send: held bytes, or the request itself, streamed once. */
export type Body = { held: Buffer } | { stream: IncomingMessage; started: boolean };

/** The fields are fit to be sent as they are: those of a request that Node has parsed, and our own. Length and host are written here. */
export type ReplicaRequest = { method: string; path: string; fields: Fields; body: Body };

/** Who waits for an answer. After `onEnd` or `onLost` nothing more is told. */
export type AnswerListener = {
  onHead: (status: number, fields: Fields) => void;
  /** A part that is not the last one. false: no more until `resume`. */
  onData: (chunk: Buffer) => boolean;
  onEnd: (last: Buffer | null) => void;
  /** The connection broke, or what came over it cannot be read. */
  onLost: (error: Error) => void;
};

/** A request under way. `abort` ends it and its connection; the listener hears no more of it. */
export type Exchange = { resume: () => void; abort: () => void };

/**
 * Connections to one replica, kept open: one request at a time on each, as many as there are requests. They speak the HTTP/1.1 of the
 * model server and nothing else; ADR 26 says why this is not a client from the shelf.
 */
export class ReplicaConnections {
  private readonly idle: Connection[] = [];
  private readonly open = new Set<Connection>();

  constructor(private readonly port: number) {}

  send(request: ReplicaRequest, listener: AnswerListener): Exchange {
    const connection = this.take();
    connection.send(request, listener);
    return { resume: () => connection.resume(listener), abort: () => connection.abort(listener) };
  }

  /** A small answer as text, for our own questions. Rejects when the replica does not answer in time. */
  ask(path: string, fields: Fields, timeoutMs: number): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const parts: Buffer[] = [];
      let status = 0;
      const exchange = this.send({ method: "GET", path, fields, body: { held: Buffer.alloc(0) } }, {
        onHead: (s) => { status = s; },
        onData: (chunk) => { parts.push(chunk); return true; },
        onEnd: (last) => {
          clearTimeout(timer);
          if (last) parts.push(last);
          resolve({ status, text: Buffer.concat(parts).toString() });
        },
        onLost: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      const timer = setTimeout(() => {
        exchange.abort();
        reject(new Error(`the replica did not answer ${path} in ${timeoutMs} ms`));
      }, timeoutMs);
    });
  }

  /** Ends all of them; whoever waits for an answer is told. */
  destroy(): void {
    for (const connection of this.open) connection.destroy();
  }

  private take(): Connection {
    for (let known = this.idle.pop(); known; known = this.idle.pop()) {
      if (known.fresh) return known;
      known.destroy();
    }
    const made = new Connection(this.port, () => this.idle.push(made), () => {
      this.open.delete(made);
      const at = this.idle.indexOf(made);
      if (at >= 0) this.idle.splice(at, 1);
    });
    this.open.add(made);
    return made;
  }
}

type Current = { listener: AnswerListener; body: Body; reader: AnswerReader; /** null: the head has not come yet. */ head: AnswerHead | null; left: number; /** The whole request is written. */ sent: boolean; /** Stops reading the caller's body. */ detach: () => void };

class Connection {
  private idleSince = 0;
  private readonly socket: Socket;
  private readonly host: string;
  private current: Current | null = null;

  constructor(port: number, private readonly onIdle: () => void, onGone: () => void) {
    this.host = `127.0.0.1:${port}`;
    // The sizes are the streams' own options, which the types of net do not name.
    const options = { port, host: "127.0.0.1", noDelay: true, timeout: CONNECT_TIMEOUT_MS, readableHighWaterMark: PASSING_BYTES, writableHighWaterMark: PASSING_BYTES };
    this.socket = connect(options)
      .on("connect", () => this.socket.setTimeout(0))
      .on("timeout", () => this.socket.destroy(new Error("the replica takes no connection")))
      .on("data", (chunk) => this.read(chunk))
      .on("end", () => this.ended())
      .on("error", (error) => this.fail(error))
      .on("close", () => {
        onGone();
        this.fail(new Error("the replica closed the connection"));
      });
  }

  /** Fit for another request. */
  get fresh(): boolean {
    return !this.socket.destroyed && this.idleSince > Date.now() - IDLE_MS;
  }

  send(request: ReplicaRequest, listener: AnswerListener): void {
    const { method, body } = request;
    const current: Current = { listener, body, reader: new AnswerReader(method === "HEAD"), head: null, left: 0, sent: false, detach: () => {} };
    this.current = current;
    let head = `${method} ${request.path} HTTP/1.1\r\nhost: ${this.host}\r\n`;
    for (let i = 0; i < request.fields.length; i += 2) {
      if (request.fields[i] !== "content-length") head += `${request.fields[i]}: ${request.fields[i + 1]}\r\n`;
    }
    if ("stream" in body) return this.sendStream(current, body, head);
    current.sent = true;
    if (body.held.length === 0) {
      this.socket.write(method === "POST" ? `${head}content-length: 0\r\n\r\n` : `${head}\r\n`, "latin1");
      return;
    }
    this.socket.cork();
    this.socket.write(`${head}content-length: ${body.held.length}\r\n\r\n`, "latin1");
    this.socket.write(body.held);
    this.socket.uncork();
  }

  resume(listener: AnswerListener): void {
    if (this.current?.listener === listener) this.socket.resume();
  }

  abort(listener: AnswerListener): void {
    if (this.current?.listener !== listener) return;
    this.release(this.current);
    this.socket.destroy();
  }

  destroy(): void {
    this.socket.destroy();
  }

  /**
   * A body that streams begins only once there is a connection: until then nothing of it is lost and another replica can have it. A
   * replica that answers before it has read the whole ends the sending and not the caller, who still gets the answer.
   */
  private sendStream(current: Current, body: Extract<Body, { stream: IncomingMessage }>, head: string): void {
    const { socket } = this;
    const { stream } = body;
    const declared = stream.headers["content-length"];
    const chunked = declared === undefined;
    const onData = (chunk: Buffer) => {
      if (chunked) socket.write(`${chunk.length.toString(16)}\r\n`, "latin1");
      let room = socket.write(chunk);
      if (chunked) room = socket.write("\r\n", "latin1");
      if (!room) stream.pause();
    };
    const onEnd = () => {
      if (chunked) socket.write("0\r\n\r\n", "latin1");
      current.sent = true;
    };
    const onClose = () => {
      if (stream.complete) return;
      this.fail(new Error("the caller left"));
      socket.destroy();
    };
    const onDrain = () => stream.resume();
    const begin = () => {
      body.started = true;
      socket.write(`${head}${chunked ? "transfer-encoding: chunked" : `content-length: ${declared}`}\r\n\r\n`, "latin1");
      socket.on("drain", onDrain);
      stream.on("data", onData).on("end", onEnd).on("close", onClose);
      if (stream.destroyed) onClose();
    };
    current.detach = () => {
      socket.off("connect", begin).off("drain", onDrain);
      stream.off("data", onData).off("end", onEnd).off("close", onClose);
      if (body.started) stream.resume(); // what is left of it is read and dropped
    };
    if (socket.connecting) socket.once("connect", begin);
    else begin();
  }

  private read(chunk: Buffer): void {
    const { current } = this;
    // Bytes that nobody asked for: what they belong to cannot be known.
    if (!current) return void this.socket.destroy();
    try {
      let bytes = chunk;
      if (!current.head) {
        const found = current.reader.read(chunk);
        if (!found) return;
        current.head = found.head;
        current.left = found.head.length ?? Infinity;
        current.listener.onHead(found.head.status, found.head.fields);
        if (this.current !== current) return;
        bytes = found.rest;
      }
      if (bytes.length < current.left) {
        current.left -= bytes.length;
        if (bytes.length > 0 && !current.listener.onData(bytes) && this.current === current) this.socket.pause();
        return;
      }
      this.finish(current, bytes.length > current.left ? bytes.subarray(0, current.left) : bytes, bytes.length === current.left);
    } catch (error) {
      this.fail(error as Error);
      this.socket.destroy();
    }
  }

  /** The answer is whole. `clean`: nothing came after it. */
  private finish(current: Current, last: Buffer, clean: boolean): void {
    // The caller waits: everything else comes after.
    current.listener.onEnd(last.length > 0 ? last : null);
    const reusable = clean && current.sent && current.head?.keepAlive === true && !this.socket.destroyed;
    this.release(current);
    if (!reusable) return void this.socket.destroy();
    this.idleSince = Date.now();
    this.onIdle();
  }

  private ended(): void {
    const { current } = this;
    if (current?.head && current.head.length === null) return this.finish(current, Buffer.alloc(0), false);
    this.fail(new Error("the replica closed the connection"));
    this.socket.destroy();
  }

  private fail(error: Error): void {
    const { current } = this;
    if (!current) return;
    this.release(current);
    current.listener.onLost(error);
  }

  private release(current: Current): void {
    this.current = null;
    current.detach();
  }
}
