import fs from "node:fs";
import path from "node:path";
import { identify, isRunning, type ProcessIdentity } from "@/services/supervisor/process-identity";

/**
 * One supervisor a data directory. The lock names its holder by pid and start time, so one left by a killed process holds
 * nobody up. Returns the release. Throws an Error that says who holds it.
 */
export function lockDataDir(dataDir: string): () => void {
  const folder = path.join(dataDir, "run");
  const file = path.join(folder, "supervisor.lock");
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = identify(process.pid) as ProcessIdentity;
  const mine = `${file}.${process.pid}`;
  fs.writeFileSync(mine, JSON.stringify(own), { mode: 0o600 });
  try {
    for (;;) {
      try {
        fs.linkSync(mine, file); // fails where the name exists: exactly one of several starters gets it
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const holder = read(file);
      if (holder && isRunning(holder)) {
        throw new Error(
          `Slipway already runs on ${dataDir}: process ${holder.pid} holds it. Stop that one (Ctrl-C, or kill ${holder.pid}), or give this one another SLIPWAY_DATA_DIR.`,
        );
      }
      dropStale(file, holder);
    }
  } finally {
    fs.rmSync(mine, { force: true });
  }
  return () => {
    if (read(file)?.pid === process.pid) fs.rmSync(file, { force: true });
  };
}

/** Moves the lock away; should another starter have taken it meanwhile, it is put back. */
function dropStale(file: string, seen: ProcessIdentity | null): void {
  const aside = `${file}.stale-${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  const moved = read(aside);
  if (moved && (moved.pid !== seen?.pid || moved.began !== seen.began)) {
    try {
      fs.linkSync(aside, file);
    } catch {
      // A third one has it.
    }
  }
  fs.rmSync(aside, { force: true });
}

function read(file: string): ProcessIdentity | null {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as ProcessIdentity;
  } catch {
    return null;
  }
}
