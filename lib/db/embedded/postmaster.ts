import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dataDirectoryArgument } from "@/lib/db/embedded/create-cluster";
import type { RunAs } from "@/lib/db/embedded/run-as";

export type PidFile = { pid: number; port: number };

/** postmaster.pid as PostgreSQL writes it: line 1 the pid, line 4 the port. null: absent or not readable yet. */
export function readPidFile(cluster: string): PidFile | null {
  try {
    const lines = fs.readFileSync(path.join(cluster, "postmaster.pid"), "utf8").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 && port > 0 ? { pid, port } : null;
  } catch {
    return null;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  // A killed process whose parent has not looked yet is still listed: it serves nobody.
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(fs.readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return process.platform !== "linux";
  }
}

/** Pids of processes that work in this cluster: the postmaster and what is left of its children. Linux only; elsewhere null. */
export function processesInside(cluster: string): number[] | null {
  if (process.platform !== "linux") return null;
  const real = fs.realpathSync(cluster);
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return fs.readlinkSync(`/proc/${pid}/cwd`) === real && /postgres/.test(fs.readFileSync(`/proc/${pid}/comm`, "utf8"));
      } catch {
        return false;
      }
    });
}

/**
 * Takes away what a killed server left: children that have not noticed yet are waited for and then ended, and a lock file
 * whose pid now belongs to some other program (usual after a container restart) is removed, which PostgreSQL itself does not dare.
 */
export async function clearRemains(cluster: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const inside = processesInside(cluster);
    if (inside === null) return;
    if (inside.length === 0) break;
    if (Date.now() > deadline) for (const pid of inside) kill(pid, "SIGKILL");
    await sleep(50);
  }
  fs.rmSync(path.join(cluster, "postmaster.pid"), { force: true });
}

export function spawnPostmaster(o: {
  program: string; cluster: string; port: number; runAs: RunAs; logFile: string; settings: Record<string, string>; environment: NodeJS.ProcessEnv;
}): ChildProcess {
  const settings: Record<string, string> = {
    port: String(o.port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "120",
    timezone: "UTC",
    log_timezone: "UTC",
    ...o.settings,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const identity = o.runAs ? { uid: o.runAs.uid, gid: o.runAs.gid } : {};
  const log = fs.openSync(o.logFile, "a", 0o600);
  // Its own session: Ctrl-C in the terminal must reach the supervisor, which stops the database last.
  const child = spawn(o.program, ["-D", dataDirectoryArgument(o.cluster), ...args], {
    cwd: o.cluster, env: o.environment, detached: true, stdio: ["ignore", log, log], ...identity,
  });
  fs.closeSync(log);
  child.unref();
  return child;
}

/** SIGINT is PostgreSQL's fast stop: sessions are ended, data is flushed. After `timeoutMs` SIGQUIT, whose next start recovers. */
export async function stopPostmaster(pid: number, timeoutMs = 15_000): Promise<void> {
  kill(pid, "SIGINT");
  const deadline = Date.now() + timeoutMs;
  let pressed = false;
  while (isAlive(pid)) {
    if (!pressed && Date.now() > deadline) {
      kill(pid, "SIGQUIT");
      pressed = true;
    }
    if (Date.now() > deadline + 6_000) kill(pid, "SIGKILL");
    await sleep(15);
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone.
  }
}
