import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import type { LogLine, ReplicaObservation, ReplicaState, RevisionObservation } from "@/lib/targets/target";
import type { ModelServerConfig } from "@/services/model-server/config";
import { parseEvent, type ServerEvent } from "@/services/model-server/events";
import { ReplicaConnections } from "./replica-connections";
import type { SpawnCommand } from "./spawn-command";

export type LastError = NonNullable<RevisionObservation["lastError"]>;

export type ReplicaOptions = {
  revision: number;
  /** Identity of what it was started with (files, environment, resources): a replica of another one is replaced. */
  launchHash: string;
  command: SpawnCommand;
  env: Record<string, string>;
  cwd: string;
  config: (id: string) => ModelServerConfig;
  startTimeoutMs: number;
  onChange: (replica: Replica) => void;
  onSpawned: (pid: number) => void;
  onGone: (pid: number) => void;
  log: (line: Omit<LogLine, "at">) => void;
};

const KEPT_WORDS = 12;
const DRAIN_WAIT_MS = 20_000;
const KILL_AFTER_MS = 25_000;

/** One child process that serves one revision: from spawn to exit. Never restarted; a successor is a new Replica. */
export class Replica {
  readonly id = `r-${randomBytes(6).toString("hex")}`;
  readonly revision: number;
  readonly launchHash: string;
  readonly memoryMib: number;
  state: ReplicaState = "starting";
  port = 0;
  /** Requests sent to it and not finished. */
  outstanding = 0;
  /** Why it ended, when nobody asked it to. */
  failure: LastError | null = null;
  wasReady = false;
  readyAtMs = 0;
  /** When it last had a request or became ready, ms. */
  lastUsedAtMs = 0;
  private child: ChildProcess | null = null;
  private times: Pick<ReplicaObservation, "createdAt" | "placedAt" | "loadingAt" | "readyAt" | "endedAt">;
  private readonly words: string[] = [];
  private startTimer: NodeJS.Timeout | undefined;
  private drainWake: (() => void) | undefined;

  private kept: ReplicaConnections | null = null;

  constructor(private readonly options: ReplicaOptions) {
    this.revision = options.revision;
    this.launchHash = options.launchHash;
    this.times = { createdAt: new Date().toISOString(), placedAt: null, loadingAt: null, readyAt: null, endedAt: null };
    const config = options.config(this.id);
    this.memoryMib = config.memoryMib;
    this.spawn(config);
  }

  /** Connections to it, kept open. A prediction may take as long as it takes. */
  get connections(): ReplicaConnections {
    return (this.kept ??= new ReplicaConnections(this.port));
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get live(): boolean {
    return this.state === "starting" || this.state === "loading" || this.state === "ready";
  }

  get ended(): boolean {
    return this.state === "failed" || this.state === "exited";
  }

  observe(): ReplicaObservation {
    return { id: this.id, revision: this.revision, state: this.state, ...this.times, message: this.failure?.message ?? null };
  }

  /** A request was handed to it; the returned function must be called once when that is over. */
  acquire(): () => void {
    this.outstanding++;
    this.lastUsedAtMs = Date.now();
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      this.lastUsedAtMs = Date.now();
      if (--this.outstanding === 0) this.drainWake?.();
    };
  }

  /** Takes no new request from now on, finishes those it has, then ends. `beforeStop` runs once it is idle. */
  async drain(beforeStop: () => Promise<unknown>): Promise<void> {
    if (!this.live) return;
    const wasReady = this.state === "ready";
    this.set("draining");
    if (wasReady && this.outstanding > 0) {
      await new Promise<void>((resolve) => {
        this.drainWake = resolve;
        setTimeout(resolve, DRAIN_WAIT_MS).unref();
      });
    }
    if (wasReady) await beforeStop().catch(() => {});
    this.child?.kill("SIGTERM");
    setTimeout(() => { if (!this.ended) this.child?.kill("SIGKILL"); }, KILL_AFTER_MS).unref();
  }

  /** Ends it at once for a reason. */
  kill(reason: LastError["reason"], message: string): void {
    this.failure ??= { reason, message, at: new Date().toISOString() };
    this.child?.kill("SIGKILL");
  }

  private spawn(config: ModelServerConfig): void {
    const { command, env, cwd } = this.options;
    let child: ChildProcess;
    try {
      child = spawn(command.file, command.args, { cwd, env: { ...env, ...command.env } as NodeJS.ProcessEnv, stdio: ["pipe", "pipe", "pipe"] });
    } catch (e) {
      setImmediate(() => this.gone(null, null, e instanceof Error ? e.message : String(e)));
      return;
    }
    this.child = child;
    if (child.pid !== undefined) {
      this.times.placedAt = new Date().toISOString();
      this.options.onSpawned(child.pid);
    }
    this.startTimer = setTimeout(() => {
      this.kill("StartTimeout", `The model was not ready after ${Math.round(this.options.startTimeoutMs / 1000)} s.`);
    }, this.options.startTimeoutMs);
    child.stdin?.on("error", () => {});
    child.stdin?.write(`${JSON.stringify(config)}\n`);
    if (child.stdout) createInterface({ input: child.stdout }).on("line", (line) => this.line("stdout", line));
    if (child.stderr) createInterface({ input: child.stderr }).on("line", (line) => this.line("stderr", line));
    child.on("error", (e) => this.gone(null, null, e.message));
    child.on("close", (code, signal) => this.gone(code, signal));
  }

  private line(stream: "stdout" | "stderr", text: string): void {
    const event = stream === "stdout" ? parseEvent(text) : null;
    if (event) return this.event(event);
    this.words.push(text);
    if (this.words.length > KEPT_WORDS) this.words.shift();
    this.options.log({ replica: this.id, revision: this.revision, stream, text });
  }

  private event(event: ServerEvent): void {
    switch (event.event) {
      case "listening":
        this.port = event.port;
        return;
      case "loading":
        this.times.loadingAt = new Date().toISOString();
        this.say("loading the model");
        if (this.state === "starting") this.set("loading");
        return;
      case "ready":
        clearTimeout(this.startTimer);
        this.times.readyAt = new Date().toISOString();
        this.say(`ready after ${event.loadMs} ms of loading`);
        if (this.state !== "loading") return;
        this.wasReady = true;
        this.readyAtMs = this.lastUsedAtMs = Date.now();
        this.set("ready");
        return;
      case "failed":
        this.failure = { reason: event.reason, message: event.message, at: new Date().toISOString() };
        this.say(event.message);
        return;
      case "log":
        this.words.push(event.message);
        this.say(event.message);
    }
  }

  private gone(code: number | null, signal: NodeJS.Signals | null, spawnError?: string): void {
    if (this.ended) return;
    clearTimeout(this.startTimer);
    const asked = this.state === "draining";
    this.times.endedAt = new Date().toISOString();
    if (!asked) this.failure ??= this.crash(code, signal, spawnError);
    if (this.failure && !asked) this.say(`ended: ${this.failure.message}`);
    this.drainWake?.();
    this.kept?.destroy();
    if (this.child?.pid !== undefined) this.options.onGone(this.child.pid);
    this.set(asked ? "exited" : "failed");
  }

  private crash(code: number | null, signal: NodeJS.Signals | null, spawnError?: string): LastError {
    const last = this.words.join("\n");
    const at = new Date().toISOString();
    if (spawnError !== undefined) return { reason: "Crashed", message: `The process could not be started: ${spawnError}`, at };
    const how = signal ? `was ended by ${signal}` : `exited with code ${code}`;
    const memory = /bad_alloc|heap out of memory|Cannot allocate memory/i.test(last);
    return { reason: memory ? "OutOfMemory" : "Crashed", message: `The replica ${how}.${last ? ` Its last words: ${last}` : ""}`.slice(0, 4000), at };
  }

  private say(text: string): void {
    this.options.log({ replica: this.id, revision: this.revision, stream: "system", text });
  }

  private set(state: ReplicaState): void {
    this.state = state;
    this.options.onChange(this);
  }
}
