import pg from "pg";
import { databaseUrl } from "@/lib/db/client";

const RECONNECT_MS = 500;

export type Listener = {
  /** Called for each notification. A missed one (a broken connection) is announced by `onConnect` instead. */
  onNotify(channel: string, payload: string): void;
  /** Called after each (re)connection: whatever happened before may have been missed, so read again. */
  onConnect?(): void;
};

/** LISTENs on a connection of its own, and connects again for as long as it is not stopped. Notifications wake; they are never the truth. */
export function listen(channels: string[], listener: Listener, connectionString: string = databaseUrl()): { stop(): Promise<void> } {
  let client: pg.Client | undefined;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const retry = () => {
    client?.removeAllListeners();
    client?.on("error", () => undefined);
    client = undefined;
    if (!stopped) timer = setTimeout(() => void connect(), RECONNECT_MS);
  };

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString, keepAlive: true });
    client = fresh;
    let over = false;
    const lost = () => {
      if (over) return;
      over = true;
      void fresh.end().catch(() => undefined);
      retry();
    };
    fresh.on("error", lost);
    fresh.on("end", lost);
    fresh.on("notification", (n) => listener.onNotify(n.channel, n.payload ?? ""));
    try {
      await fresh.connect();
      for (const channel of channels) await fresh.query(`LISTEN ${fresh.escapeIdentifier(channel)}`);
      listener.onConnect?.();
    } catch {
      lost();
    }
  }

  void connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
