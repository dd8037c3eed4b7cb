import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { seededRandom, type SeededRandom } from "@/e2e/process/seeded-random";
import { ReplicaConnections } from "../replica-connections";
import { drawnRequest, moment, pieces, type DrawnRequest } from "./drawn-request";
import { bodyAt, headAt } from "./http-bytes";

const FAIR = ["whole", "whole", "whole", "early", "until the end", "says that it closes"] as const;
const FOUL = ["cut", "cut", "dies on the head", "dies in the body", "dies on the whole", "refuses", "garbage", "ends after it"] as const;
const GARBAGE = ["HELLO\r\n\r\n", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx", "HTTP/1.1 200 OK\r\nx-a: \u0001\r\ncontent-length: 0\r\n\r\n"];

/** A replica made of bytes: it answers each request as drawn, and as badly as drawn. */
export class MisbehavingReplica {
  state = "ready";
  outstanding = 0;
  connections!: ReplicaConnections;
  /** What must never be: told as a sentence. */
  readonly faults: string[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly random: SeededRandom;
  private server!: Server;

  /** `tries` counts how often each request was begun, at any replica. */
  constructor(private readonly seed: number, private readonly foul: boolean, private readonly tries: Map<number, number>, n: number) {
    this.random = seededRandom(seed * 31 + n);
  }

  async start(): Promise<this> {
    this.server = createServer((socket) => this.take(socket));
    await new Promise<void>((r) => this.server.listen(0, "127.0.0.1", r));
    this.connections = new ReplicaConnections((this.server.address() as AddressInfo).port);
    return this;
  }

  acquire(): () => void {
    this.outstanding++;
    let released = false;
    return () => {
      if (released) this.faults.push("released twice");
      released = true;
      this.outstanding--;
    };
  }

  /** As if its process were killed: every connection ends at once. */
  dropAll(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  stop(): void {
    this.server.close();
    this.dropAll();
  }

  private take(socket: Socket): void {
    this.sockets.add(socket);
    socket.on("error", () => {}).on("close", () => this.sockets.delete(socket));
    if (this.foul && this.random.next() < 0.03) return void socket.resetAndDestroy();
    let bytes: Buffer = Buffer.alloc(0);
    let answering: { id: number; manner: string; answered: Promise<void> | null; whole: boolean } | null = null;
    const read = (): void => {
      // The next one comes when the answer to this one is out, which its asker may have before we know.
      if (answering?.whole) return;
      const head = headAt(bytes, 0);
      if (!head) return;
      const id = Number(head.fields.get("x-id"));
      const request = drawnRequest(this.seed, id);
      const { body, whole, next } = bodyAt(bytes, head);
      if (!answering) {
        const attempt = (this.tries.get(id) ?? 0) + 1;
        this.tries.set(id, attempt);
        if (attempt > (request.streamed ? 1 : 2)) this.faults.push(`request ${id} was begun ${attempt} times`);
        const random = seededRandom(this.seed * 7919 + id * 13 + attempt);
        answering = { id, manner: this.foul && random.next() < 0.35 ? random.pick(FOUL) : random.pick(FAIR), answered: null, whole: false };
        if (answering.manner === "dies on the head") return void end(socket, random);
        if (answering.manner === "early") answering.answered = this.answer(socket, request, answering.manner, id, random);
      }
      if (!whole) {
        if (answering.manner === "dies in the body" && body.length > 0) end(socket, this.random);
        return;
      }
      if (!body.equals(request.body) || head.first.split(" ")[0] !== request.method) this.faults.push(`request ${id} came to the replica as another one`);
      answering.whole = true;
      const { manner, answered } = answering;
      bytes = bytes.subarray(next);
      const random = seededRandom(this.seed * 104_729 + id);
      void (answered ?? moment(random).then(() => this.answer(socket, request, manner, id, random))).then(() => {
        answering = null;
        if (bytes.length > 0) read();
      });
    };
    socket.on("data", (chunk: Buffer) => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      read();
    });
  }

  private async answer(socket: Socket, request: DrawnRequest, manner: string, id: number, random: SeededRandom): Promise<void> {
    if (manner.startsWith("dies")) return end(socket, random);
    const interim = random.next() < 0.1 ? "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n" : "";
    const length = manner === "until the end" ? "" : `content-length: ${request.answer.length}\r\n`;
    const closes = manner === "until the end" || manner === "says that it closes" ? "connection: close\r\n" : "";
    const head = `${interim}HTTP/1.1 ${request.status} Words\r\nX-Id: ${id}\r\n${closes}${length}\r\n`;
    let bytes = Buffer.concat([Buffer.from(head), request.method === "HEAD" ? Buffer.alloc(0) : request.answer]);
    if (manner === "refuses") bytes = Buffer.from("HTTP/1.1 503 Full\r\nx-slipway-refused: queue_full\r\ncontent-length: 2\r\n\r\n{}");
    if (manner === "garbage") bytes = Buffer.from(random.pick(GARBAGE));
    // Half of the cuts are in the head.
    if (manner === "cut") bytes = bytes.subarray(0, random.below(random.next() < 0.5 ? Math.min(bytes.length, 100) : bytes.length));
    for (const piece of pieces(bytes, random, 6)) {
      if (socket.destroyed) return;
      socket.write(piece);
      await moment(random);
    }
    if (closes !== "") socket.end();
    if (manner === "cut" || manner === "ends after it") end(socket, random);
  }
}

function end(socket: Socket, random: SeededRandom): void {
  const at = random.below(3);
  if (at === 0) socket.end();
  else if (at === 1) socket.destroy();
  else socket.resetAndDestroy();
}
