import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { reachableBinaries } from "@/lib/db/embedded/binaries";
import { createCluster } from "@/lib/db/embedded/create-cluster";
import type { Log } from "@/lib/db/embedded/log";
import { clearRemains, isAlive, processesInside, readPidFile, spawnPostmaster, stopPostmaster } from "@/lib/db/embedded/postmaster";
import { ensureRoles } from "@/lib/db/embedded/roles";
import { chooseAccount } from "@/lib/db/embedded/run-as";
import { APP_ROLE, DATABASE, databaseUrl, loadPasswords, loadPort, OWNER_ROLE, savePort, SUPERUSER } from "@/lib/db/embedded/settings";
import { waitUntilReady } from "@/lib/db/embedded/wait-until-ready";
import { freePort, isFree } from "@/lib/net/free-ports";

export type EmbeddedPostgres = {
  /** Owns the tables and migrates. */
  migrationUrl: string;
  /** Runs, owns nothing. */
  appUrl: string;
  /** Superuser, database `postgres`: for making test databases, never for the product. */
  adminUrl: string;
  /** True when a server was found serving this data directory and taken over. */
  adopted: boolean;
  pid(): number;
  /** Fast stop; resolves when the server has ended. */
  stop(): Promise<void>;
};

const POLL_MS = 250;
const START_ATTEMPTS = 40;

/**
 * Starts the embedded PostgreSQL of a data directory, or takes over the one that serves it, and keeps it running on its port
 * until `stop()`. The cluster lies in `<dataDir>/postgres`. `settings` are further server settings (tests turn fsync off).
 */
export async function startEmbeddedPostgres(o: { dataDir: string; log: Log; settings?: Record<string, string> }): Promise<EmbeddedPostgres> {
  const home = path.join(o.dataDir, "postgres");
  const cluster = path.join(home, "cluster");
  fs.mkdirSync(home, { recursive: true, mode: 0o700 });
  const passwords = loadPasswords(home);
  const environment = { SLIPWAY_DATA_DIR: o.dataDir, LC_ALL: "C" } as unknown as NodeJS.ProcessEnv;
  const adminUrl = (port: number) => databaseUrl(SUPERUSER, passwords.admin, port, "postgres");

  async function adopt(): Promise<{ pid: number; port: number } | null> {
    const found = readPidFile(cluster);
    if (!found || !isAlive(found.pid)) return null;
    const inside = processesInside(cluster);
    if (inside !== null && !inside.includes(found.pid)) return null;
    return (await waitUntilReady(adminUrl(found.port), () => isAlive(found.pid), o.log)) === "ready" ? found : null;
  }

  async function launch(preferred: number | null): Promise<{ pid: number; port: number }> {
    const runAs = chooseAccount(cluster);
    const binaries = await reachableBinaries(runAs, o.log);
    if (!fs.existsSync(cluster)) await createCluster({ cluster, binaries, runAs, password: passwords.admin, environment });
    const logFile = path.join(home, "server.log");
    for (let attempt = 1; ; attempt++) {
      await clearRemains(cluster);
      fs.writeFileSync(logFile, "", { mode: 0o600 });
      const port = preferred !== null && (await isFree(preferred)) ? preferred : await freePort();
      const child = spawnPostmaster({ program: binaries.postgres, cluster, port, runAs, logFile, settings: o.settings ?? {}, environment });
      let ended = false;
      child.once("exit", () => (ended = true));
      child.once("error", () => (ended = true));
      if ((await waitUntilReady(adminUrl(port), () => !ended, o.log)) === "ready" && child.pid) {
        savePort(home, port);
        return { pid: child.pid, port };
      }
      const said = fs.readFileSync(logFile, "utf8").trim();
      // A crashed predecessor may hold the lock or the memory for a moment, and a port may be taken between the look and the bind.
      const passing = /lock file|shared memory block|could not create any TCP\/IP sockets|Address already in use/.test(said);
      if (!passing || attempt >= START_ATTEMPTS) throw new Error(`PostgreSQL did not start: ${said.slice(-1200) || "it said nothing"} (${logFile})`);
      await sleep(POLL_MS);
    }
  }

  const taken = await adopt();
  let server = taken ?? (await launch(loadPort(home)));
  await ensureRoles(server.port, passwords);
  const { port } = server;
  const stopping = new AbortController();
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);

  const watching = (async () => {
    for (;;) {
      await pause(POLL_MS);
      if (stopping.signal.aborted) return;
      if (isAlive(server.pid)) continue;
      o.log.warn({ pid: server.pid }, "PostgreSQL ended unexpectedly: starting it again");
      try {
        server = (await adopt()) ?? (await launch(port));
        if (server.port !== port) throw new Error(`port ${port} was taken by another program`);
        o.log.info({ pid: server.pid }, "PostgreSQL runs again");
      } catch (error) {
        o.log.warn({ reason: (error as Error).message }, "PostgreSQL could not be started; trying again");
        if (isAlive(server.pid)) await stopPostmaster(server.pid);
        await pause(2_000);
      }
    }
  })();

  return {
    migrationUrl: databaseUrl(OWNER_ROLE, passwords.owner, port, DATABASE),
    appUrl: databaseUrl(APP_ROLE, passwords.app, port, DATABASE),
    adminUrl: adminUrl(port),
    adopted: taken !== null,
    pid: () => server.pid,
    async stop() {
      stopping.abort();
      await watching;
      await stopPostmaster(server.pid);
    },
  };
}
