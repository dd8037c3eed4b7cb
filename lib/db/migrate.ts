import { randomUUID } from "node:crypto";
import path from "node:path";
import { Client } from "pg";
import { applyGrants } from "@/lib/db/grants";
import { type MigrationFile, readMigrationFiles } from "@/lib/db/migration-files";

/** The key `prisma migrate` locks too, so that the two never run at once. */
const LOCK_KEY = 72707369;

const HISTORY_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

type HistoryRow = { migration_name: string; checksum: string; finished_at: Date | null; rolled_back_at: Date | null };

export type MigrateOptions = {
  /** Role that owns the tables. */
  migrationUrl: string;
  /** Role that runs; gets its grants here. Must be another role, and no superuser. */
  appUrl: string;
  /** Default: prisma/migrations of the working directory. */
  folder?: string;
  warn?: (message: string) => void;
};

/**
 * Applies what is missing of `prisma/migrations`, recorded as `prisma migrate deploy` records it, then sets the running role's
 * grants. Any number of callers at once: one applies, the others wait and find nothing to do. Each migration and its record are
 * one transaction, so a kill in the middle leaves neither. Returns the names applied.
 * Throws an Error that names the migration which failed; nothing after it is tried.
 */
export async function migrate(o: MigrateOptions): Promise<string[]> {
  const files = readMigrationFiles(o.folder ?? path.resolve("prisma/migrations"));
  const client = new Client({ connectionString: o.migrationUrl, application_name: "slipway-migrate" });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK_KEY]);
    const applied: string[] = [];
    for (const file of await missing(client, files, o.warn)) {
      await apply(client, file);
      applied.push(file.name);
    }
    await applyGrants(client, o.appUrl);
    return applied;
  } finally {
    await client.end();
  }
}

async function missing(client: Client, files: MigrationFile[], warn: MigrateOptions["warn"]): Promise<MigrationFile[]> {
  await client.query(HISTORY_TABLE);
  const { rows } = await client.query<HistoryRow>(
    `SELECT migration_name, checksum, finished_at, rolled_back_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  for (const row of rows) {
    if (!row.finished_at) {
      throw new Error(
        `Migration ${row.migration_name} was begun by another program and never finished. Look at the database, then run ` +
          `\`npx prisma migrate resolve\` with --applied or --rolled-back ${row.migration_name}.`,
      );
    }
    const file = files.find((f) => f.name === row.migration_name);
    if (!file) warn?.(`The database has migration ${row.migration_name}, which this version of Slipway does not know: it was made by a newer one.`);
    else if (file.checksum !== row.checksum) warn?.(`Migration ${row.migration_name} was changed after it had been applied.`);
  }
  const done = new Set(rows.map((row) => row.migration_name));
  return files.filter((file) => !done.has(file.name));
}

async function apply(client: Client, file: MigrationFile): Promise<void> {
  const id = randomUUID();
  const insert = `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, rolled_back_at, logs, applied_steps_count)`;
  try {
    await client.query("BEGIN");
    await client.query(`${insert} VALUES ($1, $2, $3, clock_timestamp(), NULL, NULL, NULL, 0)`, [id, file.checksum, file.name]);
    await client.query(file.sql);
    await client.query(`UPDATE "_prisma_migrations" SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1`, [id]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    const message = (error as Error).message;
    // Kept as history, and as rolled back, which it is: the next start tries again.
    await client
      .query(`${insert} VALUES ($1, $2, $3, now(), NULL, now(), $4, 0)`, [id, file.checksum, file.name, message])
      .catch(() => undefined);
    throw new Error(`Migration ${file.name} failed and was rolled back: ${message}`, { cause: error });
  }
}
