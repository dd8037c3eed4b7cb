import pg from "pg";

/**
 * A connection that may break at any moment (PostgreSQL was killed or started again) without ending the process: the query that runs
 * fails, the next one connects anew. pg tells of a broken connection by an error event, and an event of errors that nobody listens to
 * ends Node. A pool listens only to idle connections, and whoever has taken one has moments in which nobody does.
 */
export class SteadyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on("error", () => undefined);
  }
}
