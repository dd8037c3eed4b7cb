import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import readline from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { ProcessRecord } from "@/services/supervisor/leftovers";

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 10_000;
/** Up for so long, a process counts as healthy, and its next crash is its first. */
const HEALTHY_MS = 30_000;
const SETPRIV = ["/usr/bin/setpriv", "/bin/setpriv"].find((file) => process.platform === "linux" && fs.existsSync(file));

export type ChildOptions = {
  name: string;
  /** Bundle to run with this process's Node. */
  script: string;
  cwd: string;
  env: NodeJS.ProcessEnv;
  record: ProcessRecord;
  onLine(line: string): void;
  /** A crash that will be followed by another start; `crashes` in a row, from 1. */
  onCrash(crash: { code: number | null; signal: NodeJS.Signals | null; crashes: number; delayMs: number }): void;
};

/** A process kept running: started again with back-off whenever it ends, until `stop()`. */
export class SupervisedChild {
  private child: ChildProcess | null = null;
  private readonly stopping = new AbortController();
  private readonly loop: Promise<void>;

  constructor(private readonly o: ChildOptions) {
    this.loop = this.keepRunning();
  }

  get name(): string {
    return this.o.name;
  }

  /** SIGTERM, then SIGKILL after `graceMs`. Resolves when it has ended. */
  async stop(graceMs: number): Promise<void> {
    this.stopping.abort();
    this.child?.kill("SIGTERM");
    const force = setTimeout(() => this.child?.kill("SIGKILL"), graceMs);
    await this.loop;
    clearTimeout(force);
  }

  kill(): void {
    this.stopping.abort();
    this.child?.kill("SIGKILL");
  }

  private async keepRunning(): Promise<void> {
    for (let crashes = 0; ; ) {
      const began = Date.now();
      const { code, signal } = await this.runOnce();
      if (this.stopping.signal.aborted) return;
      crashes = Date.now() - began > HEALTHY_MS ? 1 : crashes + 1;
      const delayMs = Math.min(FIRST_DELAY_MS * 2 ** (crashes - 1), LONGEST_DELAY_MS);
      this.o.onCrash({ code, signal, crashes, delayMs });
      await sleep(delayMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.stopping.signal.aborted) return;
    }
  }

  private runOnce(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    return new Promise((resolve) => {
      // Two ways to notice that the supervisor was killed: the kernel's signal, and the end of stdin (end-with-parent.ts).
      const line = [...(SETPRIV ? [SETPRIV, "--pdeathsig", "TERM"] : []), process.execPath, "--enable-source-maps", this.o.script];
      // A group of its own: Ctrl-C in the terminal reaches the supervisor alone, which stops everything in order.
      const child = spawn(line[0] as string, line.slice(1), { cwd: this.o.cwd, env: this.o.env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
      this.child = child;
      child.stdin.on("error", () => undefined);
      for (const stream of [child.stdout, child.stderr]) readline.createInterface({ input: stream }).on("line", this.o.onLine);
      if (child.pid) this.o.record.add(child.pid);
      let settled = false;
      const settle = (code: number | null, signal: NodeJS.Signals | null) => {
        if (settled) return;
        settled = true;
        if (child.pid) this.o.record.remove(child.pid);
        this.child = null;
        resolve({ code, signal });
      };
      child.once("exit", settle);
      child.once("error", (error) => {
        this.o.onLine(error.message);
        settle(null, null);
      });
    });
  }
}
