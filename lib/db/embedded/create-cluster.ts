import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Binaries } from "@/lib/db/embedded/binaries";
import type { RunAs } from "@/lib/db/embedded/run-as";
import { SUPERUSER } from "@/lib/db/embedded/settings";

/**
 * How PostgreSQL is told its data directory. On Linux it is handed over as the working directory, which is set before the
 * account changes: `/proc/self/cwd` leads there without walking the parents, so a cluster inside a 0700 directory of root's
 * works under another account and no permission of a directory that is not ours is touched (docs/adr/0010).
 */
export const dataDirectoryArgument = (cluster: string) => (process.platform === "linux" ? "/proc/self/cwd" : cluster);

/** Makes the cluster under a temporary name, then renames it: a start that dies in between leaves nothing half made. */
export async function createCluster(options: { cluster: string; binaries: Binaries; runAs: RunAs; password: string; environment: NodeJS.ProcessEnv }) {
  const { cluster, runAs } = options;
  const home = path.dirname(cluster);
  for (const leftover of fs.readdirSync(home).filter((name) => name.startsWith("initdb-"))) {
    fs.rmSync(path.join(home, leftover), { recursive: true, force: true });
  }
  const unfinished = path.join(home, `initdb-${process.pid}`);
  const passwordFile = path.join(home, `initdb-${process.pid}.password`);
  fs.mkdirSync(unfinished, { mode: 0o700 });
  fs.writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (runAs) for (const file of [unfinished, passwordFile]) fs.chownSync(file, runAs.uid, runAs.gid);
  const passwordDescriptor = fs.openSync(passwordFile, "r");
  fs.unlinkSync(passwordFile);
  try {
    const args = ["-D", dataDirectoryArgument(unfinished), "-U", SUPERUSER, "-A", "scram-sha-256", "--pwfile=/dev/stdin", "-E", "UTF8", "-k"];
    const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"];
    await run(options.binaries.initdb, [...args, ...locale], { cwd: unfinished, runAs, stdin: passwordDescriptor, environment: options.environment });
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    if (!/could not look up effective user ID/.test((error as Error).message)) throw error;
    throw new Error(
      `The account Slipway runs under (uid ${process.getuid?.()}) has no entry in /etc/passwd, and PostgreSQL's initdb asks for its name: ` +
        "add one, run under an account that has one, or set DATABASE_URL and DATABASE_MIGRATION_URL.",
      { cause: error },
    );
  } finally {
    fs.closeSync(passwordDescriptor);
  }
  fs.renameSync(unfinished, cluster);
}

function run(program: string, args: string[], o: { cwd: string; runAs: RunAs; stdin: number; environment: NodeJS.ProcessEnv }): Promise<void> {
  return new Promise((resolve, reject) => {
    const identity = o.runAs ? { uid: o.runAs.uid, gid: o.runAs.gid } : {};
    const child = spawn(program, args, { cwd: o.cwd, env: o.environment, stdio: [o.stdin, "pipe", "pipe"], ...identity });
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => (said += chunk));
    child.stderr?.on("data", (chunk: Buffer) => (said += chunk));
    child.once("error", (cause) => reject(new Error(`PostgreSQL's initdb could not be started: ${cause.message}`, { cause })));
    child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(`PostgreSQL's initdb failed (${code}): ${said.trim().slice(-800)}`))));
  });
}
