import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import type { Log } from "@/lib/db/embedded/log";

/** cannot_connect_now: starting up, or recovering after a crash. */
const STARTING = "57P03";

/**
 * Waits until the server at `url` takes a session. "ended" when `alive()` turns false first. Recovery after a crash may take
 * long and is waited for; the log says so every ten seconds. Throws when something that is not ours answers at that port.
 */
export async function waitUntilReady(url: string, alive: () => boolean, log: Log): Promise<"ready" | "ended"> {
  const since = Date.now();
  let lastSaid = since;
  for (;;) {
    if (!alive()) return "ended";
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return "ready";
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === "28P01" || code === "28000") {
        throw new Error("Another PostgreSQL answers at the port of the embedded one and does not know its password.", { cause: error });
      }
      if (Date.now() - lastSaid > 10_000) {
        lastSaid = Date.now();
        log.info({ seconds: Math.round((lastSaid - since) / 1000) }, code === STARTING ? "PostgreSQL is recovering" : "waiting for PostgreSQL");
      }
    } finally {
      await client.end().catch(() => undefined);
    }
    await sleep(20);
  }
}
