import { spawnSync } from "node:child_process";
import fs from "node:fs";

/** A pid is given to another program sooner or later; with the time it began it names one process for good. */
export type ProcessIdentity = { pid: number; began: string };

/** null: no such process, or only its zombie is left. */
export function identify(pid: number): ProcessIdentity | null {
  if (process.platform === "linux") {
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, "latin1");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" || fields[0] === "X" ? null : { pid, began: fields[19] ?? "" };
    } catch {
      return null;
    }
  }
  const began = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim();
  return began ? { pid, began } : null;
}

export const isRunning = (identity: ProcessIdentity) => identify(identity.pid)?.began === identity.began;
