import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/e2e/test-database";
import { migrate } from "@/lib/db/migrate";

let database: TestDatabase;
let folder: string;
const clients: Client[] = [];

beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-migrations-"));
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end();
  await database.drop();
  fs.rmSync(folder, { recursive: true });
});

const write = (name: string, sql: string) => {
  fs.mkdirSync(path.join(folder, name), { recursive: true });
  fs.writeFileSync(path.join(folder, name, "migration.sql"), sql);
};
const run = () => migrate({ migrationUrl: database.migrationUrl, appUrl: database.appUrl, folder });
async function connect(url: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  clients.push(client);
  return client;
}

describe("the migration runner", () => {
  it("applies migrations in the order of their names, once, recorded with the sha256 of the file as Prisma does", async () => {
    write("2_second", `ALTER TABLE "Thing" ADD COLUMN size int; INSERT INTO "Thing" VALUES (1, 2);`);
    write("1_first", `CREATE TABLE "Thing" (id int primary key);`);
    expect(await run()).toEqual(["1_first", "2_second"]);
    expect(await run()).toEqual([]);
    const owner = await connect(database.migrationUrl);
    const { rows } = await owner.query(`SELECT migration_name, checksum, applied_steps_count, finished_at >= started_at AS finished FROM _prisma_migrations ORDER BY migration_name`);
    expect(rows).toEqual([
      // printf '%s' 'CREATE TABLE "Thing" (id int primary key);' | sha256sum
      { migration_name: "1_first", checksum: "414c2edbb219ffec8c2bb0549552ca0fe4e6b75dca70e4dca85476a8a5f93e53", applied_steps_count: 1, finished: true },
      { migration_name: "2_second", checksum: expect.stringMatching(/^[0-9a-f]{64}$/), applied_steps_count: 1, finished: true },
    ]);
  });

  it("stops with the name of a migration that fails, leaves nothing of it, and applies it once it is mended", async () => {
    write("1_first", `CREATE TABLE "Thing" (id int);`);
    write("2_broken", `CREATE TABLE "Half" (id int); SELECT nonsense;`);
    write("3_third", `CREATE TABLE "Never" (id int);`);
    await expect(run()).rejects.toThrow(/2_broken.*nonsense/);
    const owner = await connect(database.migrationUrl);
    const tables = await owner.query(`SELECT to_regclass('"Thing"') IS NOT NULL AS thing, to_regclass('"Half"') AS half, to_regclass('"Never"') AS never`);
    expect(tables.rows).toEqual([{ thing: true, half: null, never: null }]);
    const failed = await owner.query(`SELECT logs, rolled_back_at IS NOT NULL AS rolled_back FROM _prisma_migrations WHERE migration_name = '2_broken'`);
    expect(failed.rows).toEqual([{ logs: expect.stringContaining("nonsense"), rolled_back: true }]);
    write("2_broken", `CREATE TABLE "Half" (id int);`);
    expect(await run()).toEqual(["2_broken", "3_third"]);
  });

  it("refuses to go on over a migration that another program left unfinished", async () => {
    write("1_first", `CREATE TABLE "Thing" (id int);`);
    await run();
    const owner = await connect(database.migrationUrl);
    await owner.query(`UPDATE _prisma_migrations SET finished_at = NULL`);
    await expect(run()).rejects.toThrow(/1_first.*never finished/);
  });

  it("applies each migration once when eight migrators start at the same moment", async () => {
    write("1_first", `CREATE TABLE "Thing" (id serial);`);
    write("2_second", `INSERT INTO "Thing" DEFAULT VALUES;`);
    const applied = await Promise.all(Array.from({ length: 8 }, run));
    expect(applied.flat().sort()).toEqual(["1_first", "2_second"]);
    const owner = await connect(database.migrationUrl);
    expect((await owner.query(`SELECT count(*)::int AS n FROM "Thing"`)).rows).toEqual([{ n: 1 }]);
  });

  it("warns about a migration that was changed after it had been applied, and about one it does not know", async () => {
    write("1_first", `SELECT 1;`);
    write("2_second", `SELECT 2;`);
    await run();
    write("1_first", `SELECT 1 + 1;`);
    fs.rmSync(path.join(folder, "2_second"), { recursive: true });
    const warnings: string[] = [];
    await migrate({ migrationUrl: database.migrationUrl, appUrl: database.appUrl, folder, warn: (text) => warnings.push(text) });
    expect(warnings).toEqual([expect.stringContaining("1_first was changed"), expect.stringContaining("2_second, which this version")]);
  });
});

describe("the running role", () => {
  it("reads and writes ordinary tables, their sequences and functions, in both schemas, and owns nothing", async () => {
    write("1_first", `CREATE SCHEMA telemetry; CREATE TABLE telemetry."Sample" (id serial, v int); CREATE FUNCTION telemetry.one() RETURNS int LANGUAGE sql AS 'SELECT 1';`);
    await run();
    const app = await connect(database.appUrl);
    await app.query(`INSERT INTO telemetry."Sample" (v) VALUES (1); UPDATE telemetry."Sample" SET v = 2; DELETE FROM telemetry."Sample" WHERE v = 1;`);
    expect((await app.query(`SELECT v, telemetry.one() FROM telemetry."Sample"`)).rows).toEqual([{ v: 2, one: 1 }]);
    await expect(app.query(`DROP TABLE telemetry."Sample"`)).rejects.toThrow(/must be owner/);
    await expect(app.query(`CREATE TABLE mine (id int)`)).rejects.toThrow(/permission denied/);
    await expect(app.query(`TRUNCATE telemetry."Sample"`)).rejects.toThrow(/permission denied/);
    const owned = await app.query(`SELECT count(*)::int AS n FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = current_user`);
    expect(owned.rows).toEqual([{ n: 0 }]);
  });

  it("appends to the audit log and can neither change, delete nor truncate it; a revision cannot be changed; the migration record is read-only", async () => {
    write("1_first", `CREATE TABLE "AuditEntry" (id int); CREATE TABLE "Revision" (id int);`);
    await run();
    const app = await connect(database.appUrl);
    await app.query(`INSERT INTO "AuditEntry" VALUES (1); INSERT INTO "Revision" VALUES (1);`);
    for (const statement of [
      `UPDATE "AuditEntry" SET id = 2`, `DELETE FROM "AuditEntry"`, `TRUNCATE "AuditEntry"`, `UPDATE "Revision" SET id = 2`,
      `UPDATE _prisma_migrations SET checksum = ''`, `DELETE FROM _prisma_migrations`, `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('', '', '')`,
    ]) {
      await expect(app.query(statement), statement).rejects.toThrow(/permission denied/);
    }
    expect((await app.query(`SELECT id FROM "AuditEntry"`)).rows).toEqual([{ id: 1 }]);
  });

  it("must not be the owner, nor a superuser, nor unknown", async () => {
    await expect(migrate({ migrationUrl: database.migrationUrl, appUrl: database.migrationUrl, folder })).rejects.toThrow(/DATABASE_MIGRATION_URL as well/);
    await expect(migrate({ migrationUrl: database.migrationUrl, appUrl: database.adminUrl, folder })).rejects.toThrow(/superuser/);
    const unknown = Object.assign(new URL(database.appUrl), { username: "nobody here" }).href;
    await expect(migrate({ migrationUrl: database.migrationUrl, appUrl: unknown, folder })).rejects.toThrow(/nobody here.*does not exist/);
  });
});
