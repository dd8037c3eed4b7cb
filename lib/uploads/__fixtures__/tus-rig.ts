import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { DirectoryStore } from "@/lib/artifacts/directory-store";
import { AppError, notFound } from "@/lib/errors";
import { MapRegistry } from "@/lib/uploads/__fixtures__/map-registry";
import { createTusServer, type TusOptions, type TusServer } from "@/lib/uploads/tus-server";

export const b64 = (text: string) => Buffer.from(text).toString("base64");
export const sha = (data: Buffer) => createHash("sha256").update(data).digest("hex");
export const idOf = (url: string) => url.split("/").at(-1)!;

/** A tus server over HTTP on a directory of its own, and clients that send, die and stay silent. */
export class TusRig {
  readonly registry = new MapRegistry();
  /** Ids of the uploads that were told to have become whole. */
  readonly finished: string[] = [];
  tus!: TusServer;
  private server!: http.Server;
  private port = 0;
  private constructor(readonly root: string) {}

  static async start(): Promise<TusRig> {
    const rig = new TusRig(await fs.mkdtemp(path.join(os.tmpdir(), "uploads-")));
    rig.restart();
    rig.server = http.createServer(async (incoming, outgoing) => {
      const hasBody = incoming.method === "PATCH" || incoming.method === "POST";
      const request = new Request(`http://127.0.0.1${incoming.url}`, {
        method: incoming.method, headers: incoming.headers as Record<string, string>,
        ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: "half" }),
      } as RequestInit);
      const response = await rig.tus.handle(request);
      outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(Buffer.from(await response.arrayBuffer()));
    });
    rig.port = await new Promise((resolve) => rig.server.listen(0, "127.0.0.1", () => resolve((rig.server.address() as AddressInfo).port)));
    return rig;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await fs.rm(this.root, { recursive: true, force: true });
  }

  /** As a process that was started again: the files and the rows are there, what was in memory is not. */
  restart(more: Partial<TusOptions<string>> = {}): void {
    this.tus = createTusServer<string>({
      artifacts: new DirectoryStore(this.root), registry: this.registry, path: "/uploads", maxFileBytes: 1 << 30, lockWaitMs: 300,
      authorize: async (request, upload) => {
        const owner = request.headers.get("x-owner") ?? "anna";
        if (owner === "nobody") throw new AppError("unauthenticated", "Sign in.");
        if (upload && upload.owner !== owner) throw notFound("upload");
        return owner;
      },
      onFinish: async (upload) => void this.finished.push(upload.id),
      ...more,
    });
  }

  call(method: string, url: string, headers: Record<string, string> = {}, body?: Buffer): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}${url}`, { method, headers: { "tus-resumable": "1.0.0", ...headers }, body: body as BodyInit | undefined });
  }

  create(size: number, metadata = `filename ${b64("model.onnx")}`, headers: Record<string, string> = {}): Promise<Response> {
    return this.call("POST", "/uploads", { "upload-length": String(size), "upload-metadata": metadata, ...headers });
  }

  patch(url: string, offset: number, body: Buffer, headers: Record<string, string> = {}): Promise<Response> {
    return this.call("PATCH", url, { "upload-offset": String(offset), "content-type": "application/offset+octet-stream", ...headers }, body);
  }

  /** Creates an upload; its address. */
  async begin(size: number, metadata?: string): Promise<string> {
    const response = await this.create(size, metadata);
    if (response.status !== 201) throw new Error(`creating answered ${response.status}`);
    return response.headers.get("location")!;
  }

  async offsetOf(url: string): Promise<number> {
    for (let attempt = 0; ; attempt++) {
      const head = await this.call("HEAD", url);
      if (head.status === 200) return Number(head.headers.get("upload-offset"));
      if (head.status !== 423 || attempt > 50) throw new Error(`HEAD answered ${head.status}`);
    }
  }

  /** Every file on the disk, by its path below the root. */
  async files(): Promise<string[]> {
    const all = await fs.readdir(this.root, { recursive: true, withFileTypes: true });
    return all.filter((e) => e.isFile()).map((e) => path.relative(this.root, path.join(e.parentPath, e.name))).sort();
  }

  /** A client by hand: sends the head of a PATCH for `length` bytes, then what it is told to. */
  openPatch(url: string, offset: number, length: number): net.Socket {
    const socket = net.connect(this.port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(`PATCH ${url} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: ${offset}\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: ${length}\r\n\r\n`);
    return socket;
  }

  /** A client that is killed: sends `sent` of its bytes, then resets the connection. */
  async killedPatch(url: string, offset: number, body: Buffer, sent: number, beforeReset = async () => {}): Promise<void> {
    const socket = this.openPatch(url, offset, body.length);
    await new Promise<void>((resolve) => socket.write(body.subarray(0, sent), () => resolve()));
    await beforeReset();
    socket.resetAndDestroy();
  }
}
