import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { identify, isRunning, type ProcessIdentity } from "@/services/supervisor/process-identity";

const GRACE_MS = 5_000;

/** What the supervisor has started, on disk, so that the next one can end what a kill -9 left. */
export class ProcessRecord {
  private readonly running = new Map<number, ProcessIdentity>();

  constructor(private readonly file: string) {}

  add(pid: number): void {
    const identity = identify(pid);
    if (!identity) return;
    this.running.set(pid, identity);
    this.write();
  }

  remove(pid: number): void {
    if (this.running.delete(pid)) this.write();
  }

  /** Ends what an earlier run left: asked first, killed after five seconds. Returns how many there were. */
  async endLeftovers(): Promise<number> {
    const left = this.read().filter(isRunning);
    for (const { pid } of left) signal(pid, "SIGTERM");
    const deadline = Date.now() + GRACE_MS;
    for (;;) {
      const alive = left.filter(isRunning);
      if (alive.length === 0) break;
      if (Date.now() > deadline) for (const { pid } of alive) signal(pid, "SIGKILL");
      await sleep(25);
    }
    this.write();
    return left.length;
  }

  private read(): ProcessIdentity[] {
    try {
      return JSON.parse(fs.readFileSync(this.file, "utf8")) as ProcessIdentity[];
    } catch {
      return [];
    }
  }

  private write(): void {
    fs.writeFileSync(`${this.file}.new`, JSON.stringify([...this.running.values()]), { mode: 0o600 });
    fs.renameSync(`${this.file}.new`, this.file);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the look and the signal.
  }
}
