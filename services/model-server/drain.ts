import type { Server } from "node:http";
import type { ServerState } from "./http";

const DEADLINE_MS = 20_000;
const IDLE_CHECK_MS = 20;

/**
 * Takes no new connection, lets what is in flight finish, and exits with 0. A request that still arrives on an open connection is
 * answered, and told to close it. After the deadline `endNow` is called, whatever is left.
 */
export function drain(server: Server, state: ServerState, endNow: () => void): void {
  state.draining = true;
  setTimeout(endNow, DEADLINE_MS).unref();
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  // A connection whose last answer was written before the drain is idle only now.
  setInterval(() => { if (state.inFlight === 0) server.closeIdleConnections(); }, IDLE_CHECK_MS);
}
