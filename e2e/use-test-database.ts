import { afterAll, beforeAll } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/e2e/test-database";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";

/**
 * A database of its own for the tests of a file, which the code under test finds as it does in production, in the environment; `env` is set beside it.
 * Called once, at the top of the file. What it returns may be used from the first `beforeAll` after it on.
 */
export function useTestDatabase(env: Record<string, string> = {}): () => TestDatabase {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    Object.assign(process.env, { DATABASE_URL: database.appUrl, DATABASE_MIGRATION_URL: database.migrationUrl, ...env });
  });
  afterAll(async () => {
    await db().$disconnect();
    await pool().end();
    await database.drop();
  });
  return () => database;
}
