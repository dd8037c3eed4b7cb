import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { readProcess } from "./proc";

type Entry = { pid: number; startTicks: number };

/**
 * Which processes this gateway has started, for the next one. Replicas die with their gateway by themselves; this is the proof, and the
 * remedy on a system without pdeathsig. A pid alone says nothing, since it may belong to somebody else by then: its start time is compared.
 */
export class PidFile {
  private readonly entries = new Map<number, Entry>();

  constructor(private readonly file: string) {}

  add(pid: number): void {
    const found = readProcess(pid);
    if (!found) return;
    this.entries.set(pid, { pid, startTicks: found.startTicks });
    this.write();
  }

  remove(pid: number): void {
    if (this.entries.delete(pid)) this.write();
  }

  /** Kills what an earlier gateway left. Returns the pids that were still alive. */
  async killLeftovers(): Promise<number[]> {
    const alive = this.read().filter((e) => readProcess(e.pid)?.startTicks === e.startTicks);
    for (const { pid } of alive) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It ended between the look and the kill.
      }
    }
    for (const e of alive) while (readProcess(e.pid)?.startTicks === e.startTicks) await new Promise((r) => setTimeout(r, 5));
    this.write();
    return alive.map((e) => e.pid);
  }

  private read(): Entry[] {
    if (!existsSync(this.file)) return [];
    try {
      const parsed: unknown = JSON.parse(readFileSync(this.file, "utf8"));
      return Array.isArray(parsed) ? (parsed as Entry[]).filter((e) => Number.isSafeInteger(e?.pid) && Number.isFinite(e?.startTicks)) : [];
    } catch {
      return [];
    }
  }

  private write(): void {
    writeFileSync(`${this.file}.new`, JSON.stringify([...this.entries.values()]), { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
  }
}
