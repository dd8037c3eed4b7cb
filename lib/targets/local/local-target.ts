import { availableParallelism, freemem, totalmem } from "node:os";
import { createInterface } from "node:readline";
import { env } from "@/lib/env";
import { formatBytes } from "@/lib/format/bytes";
import { callControl, openControl, readControlAddress, type ControlAddress } from "@/lib/targets/local/control-client";
import type { Changes, DeploymentRef, DeploymentSpec, Diff, Endpoint, Finding, LogLine, LogOptions, Observation, Target } from "@/lib/targets/target";

const MIB = 1024 * 1024;

export type LocalTargetOptions = {
  /** Asked before every call, since a gateway that was started again has another address. */
  address?: () => Promise<ControlAddress>;
  /** URL callers reach the gateway at. */
  gatewayUrl?: string;
};

/** The machine itself as a target: a thin client of the gateway, which owns the replicas. */
export class LocalTarget implements Target {
  private readonly address: () => Promise<ControlAddress>;

  constructor(private readonly options: LocalTargetOptions = {}) {
    this.address = options.address ?? readControlAddress;
  }

  async check(): Promise<Finding[]> {
    const gateway = await this.call<{ status: string }>("GET", "/health").then(() => true, () => false);
    const free = `${formatBytes(freemem())} of ${formatBytes(totalmem())} are free`;
    return [
      gateway
        ? { id: "gateway", status: "ok", title: "Gateway", detail: "The gateway runs and answers.", fix: null }
        : { id: "gateway", status: "missing", title: "Gateway", detail: "The gateway does not answer, so nothing can be deployed here.", fix: "npm run up" },
      { id: "cpu", status: "ok", title: "Processors", detail: `${availableParallelism()} cores can be used.`, fix: null },
      freemem() < 256 * MIB
        ? { id: "memory", status: "warning", title: "Memory", detail: `Only ${free}; a replica may be ended for lack of memory.`, fix: null }
        : { id: "memory", status: "ok", title: "Memory", detail: `${free}.`, fix: null },
      { id: "accelerator", status: "missing", title: "Accelerators", detail: "The local target serves on the processor only. GPUs come with a cluster.", fix: null },
    ];
  }

  plan(spec: DeploymentSpec): Promise<Diff> {
    return this.call("POST", `${path(spec.ref)}/plan`, spec);
  }

  async apply(spec: DeploymentSpec): Promise<void> {
    await this.call("PUT", path(spec.ref), spec);
  }

  observe(ref: DeploymentRef): Promise<Observation> {
    return this.call("GET", path(ref));
  }

  async observeAll(): Promise<Map<string, Observation>> {
    return new Map(Object.entries(await this.call<Record<string, Observation>>("GET", "/observations")));
  }

  changes(since: string | null): Promise<Changes> {
    return this.call("GET", `/changes${since === null ? "" : `?since=${encodeURIComponent(since)}`}`);
  }

  list(): Promise<DeploymentRef[]> {
    return this.call("GET", "/deployments");
  }

  async remove(ref: DeploymentRef): Promise<void> {
    await this.call("DELETE", path(ref));
  }

  /** `auth` says what the gateway asks for; null while there is no such deployment. */
  async endpoint(ref: DeploymentRef): Promise<Endpoint | null> {
    const observed = await this.call<Observation>("GET", path(ref));
    if (!observed.exists) return null;
    const base = (this.options.gatewayUrl ?? env().gatewayUrl).replace(/\/$/, "");
    const open = observed.conditions.some((c) => c.type === "Public" && c.status === "True");
    return { url: `${base}/serve/${ref.project}/${ref.deployment}`, auth: open ? "none" : "token" };
  }

  async *logs(ref: DeploymentRef, options: LogOptions): AsyncIterable<LogLine> {
    const query = new URLSearchParams({ tail: String(options.tailLines) });
    if (options.follow) query.set("follow", "1");
    if (options.revision !== undefined) query.set("revision", String(options.revision));
    if (options.replica !== undefined) query.set("replica", options.replica);
    const res = await openControl(await this.address(), "GET", `${path(ref)}/logs?${query}`, undefined, options.signal);
    try {
      for await (const line of createInterface({ input: res })) if (line !== "") yield JSON.parse(line) as LogLine;
    } catch (e) {
      if (!options.signal?.aborted) throw e;
    } finally {
      res.destroy();
    }
  }

  private async call<T>(method: string, at: string, body?: unknown): Promise<T> {
    return callControl<T>(await this.address(), method, at, body);
  }
}

const path = (ref: DeploymentRef) => `/deployments/${encodeURIComponent(ref.id)}`;
