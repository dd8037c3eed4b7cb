import { expect, it } from "vitest";
import { Pool } from "pg";
import { createTestDatabase } from "@/e2e/test-database";
import { SteadyClient } from "@/lib/db/steady-client";

it("a connection that is taken and then cut ends no process, and the pool goes on with a new one", async () => {
  const database = await createTestDatabase();
  const pool = new Pool({ connectionString: database.appUrl, max: 2, Client: SteadyClient });
  pool.on("error", () => undefined);
  try {
    const taken = await pool.connect();
    expect(taken).toBeInstanceOf(SteadyClient);
    const { pid } = (await taken.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]!;
    const gone = new Promise<void>((resolve) => taken.once("end", resolve));
    // Its error event has no listener here: unheard, it would be an uncaught exception and fail this run.
    await pool.query("SELECT pg_terminate_backend($1)", [pid]);
    await gone;
    taken.release(true);
    expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  } finally {
    await pool.end();
    await database.drop();
  }
});
