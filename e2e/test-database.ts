import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import { OWNER_ROLE } from "@/lib/db/embedded/settings";

declare module "vitest" {
  interface ProvidedContext {
    /** Superuser URL of the run's cluster, database `postgres`. */
    testAdminUrl: string;
    testAppUrl: string;
    testMigrationUrl: string;
    /** Migrated, and never connected to, so that it can be copied. */
    testTemplate: string;
  }
}

export type TestDatabase = {
  name: string;
  appUrl: string;
  migrationUrl: string;
  /** Superuser on this database, for what a test must force. */
  adminUrl: string;
  drop(): Promise<void>;
};

/** A database of its own for a test file, copied from the migrated template in some tens of milliseconds. `empty`: not migrated. */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const admin = inject("testAdminUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdmin(admin, async (client) => {
    // Two copies of one template at the same moment may refuse each other: they take turns.
    await client.query("SELECT pg_advisory_lock(7267)");
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${options.empty ? "template0" : inject("testTemplate")} OWNER ${OWNER_ROLE}`);
  });
  const at = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  return {
    name,
    appUrl: at(inject("testAppUrl")),
    migrationUrl: at(inject("testMigrationUrl")),
    adminUrl: at(admin),
    drop: () => asAdmin(admin, async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
}

async function asAdmin(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
