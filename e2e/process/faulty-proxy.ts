import { createServer, connect, type AddressInfo, type Server, type Socket } from "node:net";

export type Fault = { /** Bytes of an answer after which the connection is cut; null: never. */ cutAfter: number | null; /** Offset in an answer of a byte to flip; null: none. */ flipAt: number | null };

/** TCP in between a client and a server that breaks answers on demand and counts what it let through. */
export class FaultyProxy {
  private readonly sockets = new Set<Socket>();
  passedBytes = 0;
  connections = 0;
  private constructor(private readonly server: Server, private faultOf: (connection: number) => Fault) {}

  static async start(port: number, faultOf: (connection: number) => Fault): Promise<FaultyProxy> {
    const server = createServer();
    const proxy = new FaultyProxy(server, faultOf);
    server.on("connection", (client) => proxy.pass(client, port));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private pass(client: Socket, port: number): void {
    const fault = this.faultOf(this.connections++);
    const upstream = connect(port, "127.0.0.1");
    let sent = 0;
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      this.sockets.add(socket);
      socket.on("error", end).on("close", () => this.sockets.delete(socket));
    }
    client.pipe(upstream);
    upstream.on("end", () => client.end());
    upstream.on("data", (chunk: Buffer) => {
      if (fault.flipAt !== null && fault.flipAt >= sent && fault.flipAt < sent + chunk.length) chunk[fault.flipAt - sent]! ^= 1;
      const room = fault.cutAfter === null ? chunk.length : Math.max(0, Math.min(chunk.length, fault.cutAfter - sent));
      sent += chunk.length;
      this.passedBytes += room;
      client.write(chunk.subarray(0, room));
      if (room < chunk.length) setImmediate(end);
    });
  }
}
