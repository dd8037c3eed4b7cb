import fs from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { parse, stringify } from "yaml";
import { ownCluster } from "@/e2e/cluster/under-test";

type Kubeconfig = { clusters: { cluster: { server: string } }[] };
export type Phase = "before" | "after";

/**
 * Stands between a worker and the API server and passes everything on. Armed, it calls `kill` at one write: before the server has
 * seen it, or after the server has done it and before the worker has heard. Either way the worker learns nothing.
 */
export class KillProxy {
  private armed: { left: number; phase: Phase; kill: (write: string) => void } | null = null;
  private readonly server: https.Server;
  private readonly agent: https.Agent;
  private readonly upstream: URL;

  private constructor(private readonly text: string) {
    const { pki } = ownCluster();
    this.upstream = new URL((parse(text) as Kubeconfig).clusters[0]!.cluster.server);
    this.agent = new https.Agent({ keepAlive: true, ca: fs.readFileSync(`${pki}/ca.crt`) });
    this.server = https.createServer({ cert: fs.readFileSync(`${pki}/server.crt`), key: fs.readFileSync(`${pki}/server.key`) }, (request, response) => {
      const phase = this.phaseOf(request.method ?? "GET", request.url ?? "/");
      const write = `${request.method} ${resourceOf(request.url ?? "/")}`;
      if (phase === "before") return void this.fire(request.socket, write);
      const onward = https.request(new URL(request.url ?? "/", this.upstream), { method: request.method, headers: { ...request.headers, host: this.upstream.host }, agent: this.agent }, (answer) => {
        if (phase === "after") {
          answer.resume().once("end", () => this.fire(request.socket, write));
          return;
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on("error", () => response.destroy());
      response.on("close", () => onward.destroy());
      request.pipe(onward);
    });
  }

  static async start(): Promise<KillProxy> {
    const proxy = new KillProxy(fs.readFileSync(ownCluster().kubeconfig, "utf8"));
    await new Promise<void>((resolve) => proxy.server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  /** The user `slipway`, by way of this proxy. */
  kubeconfig(): string {
    const config = parse(this.text) as Kubeconfig;
    config.clusters[0]!.cluster.server = `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return stringify(config);
  }

  /** At the `nth` write from now on, from 1. `kill` is told which it was. */
  arm(nth: number, phase: Phase, kill: (write: string) => void): void {
    this.armed = { left: nth, phase, kill };
  }

  disarm(): void {
    this.armed = null;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.agent.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private phaseOf(method: string, url: string): Phase | null {
    const armed = this.armed;
    if (!armed || method === "GET" || url.includes("dryRun=All") || url.startsWith("/apis/authorization.k8s.io/")) return null;
    armed.left--;
    return armed.left === 0 ? armed.phase : null;
  }

  private fire(socket: { destroy(): void }, write: string): void {
    const armed = this.armed;
    this.armed = null;
    armed?.kill(write);
    socket.destroy();
  }
}

/** The kind of object that a path of the API server is about: what follows the group's version, or the namespace. */
function resourceOf(url: string): string {
  const parts = new URL(url, "https://server.invalid").pathname.split("/").filter(Boolean).slice(url.startsWith("/apis/") ? 3 : 2);
  return (parts[0] === "namespaces" && parts.length > 2 ? parts[2] : parts[0]) ?? "";
}
