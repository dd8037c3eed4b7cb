import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import type { ProcessRecord } from "@/services/supervisor/leftovers";

const SETPRIV = ["/usr/bin/setpriv", "/bin/setpriv"].find((file) => process.platform === "linux" && fs.existsSync(file));
/** Where the kernel cannot tell a child that its parent is gone, a shell reads our end of a pipe until it closes. */
const WATCHED = 'exec 3<&0; "$@" </dev/null & child=$!; trap "kill -TERM $child; wait $child; exit" TERM; (cat <&3 >/dev/null; kill -TERM $child) & wait $child';

export type ProgramOptions = { name: string; file: string; args: string[]; env?: Record<string, string>; logFile: string; record: ProcessRecord };

/** One program of the control plane. It ends with the process that started it, however that one ends. */
export class Program {
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();
  private expected = false;

  constructor(private readonly o: ProgramOptions) {}

  get name(): string {
    return this.o.name;
  }

  start(): void {
    const line = SETPRIV ? [SETPRIV, "--pdeathsig", "KILL", this.o.file, ...this.o.args] : ["/bin/sh", "-c", WATCHED, "sh", this.o.file, ...this.o.args];
    const log = fs.openSync(this.o.logFile, "a");
    const env = { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, HOME: process.env.HOME, ...this.o.env };
    const child: ChildProcess = spawn(line[0] as string, line.slice(1), { stdio: [SETPRIV ? "ignore" : "pipe", log, log], env, detached: true });
    fs.closeSync(log);
    this.expected = false;
    this.child = child;
    if (child.pid) this.o.record.add(child.pid);
    this.ended = new Promise((resolve) => {
      const end = () => {
        if (child.pid) this.o.record.remove(child.pid);
        resolve();
      };
      child.once("exit", end).once("error", end);
    });
  }

  /** The reason to give up waiting for it, or null while it runs. */
  failure(): string | null {
    const child = this.child;
    if (this.expected || !child || (child.exitCode === null && child.signalCode === null && child.pid)) return null;
    return `${this.o.name} ended (${child.exitCode ?? child.signalCode ?? "not started"}):\n${this.log().slice(-3000)}`;
  }

  log(): string {
    return fs.existsSync(this.o.logFile) ? fs.readFileSync(this.o.logFile, "utf8") : "";
  }

  /** SIGKILL, as a crash would be. */
  async kill(): Promise<void> {
    this.expected = true;
    this.child?.kill("SIGKILL");
    await this.ended;
  }

  /** SIGTERM, then SIGKILL after `graceMs`. */
  async stop(graceMs = 3_000): Promise<void> {
    this.expected = true;
    this.child?.kill("SIGTERM");
    const force = setTimeout(() => this.child?.kill("SIGKILL"), graceMs);
    await this.ended;
    clearTimeout(force);
  }
}
