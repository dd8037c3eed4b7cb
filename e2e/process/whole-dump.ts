import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { startEmbeddedPostgres } from "@/lib/db/embedded/start";
import { migrate } from "@/lib/db/migrate";
import { DATABASE } from "@/lib/db/embedded/settings";

const quiet = { info: () => undefined, warn: () => undefined };

/** Works as superuser on the database of a data directory whose Slipway runs or is stopped; a server that was not running is stopped again. */
export async function withDatabase<T>(dataDir: string, work: (client: Client) => Promise<T>, migrated = false): Promise<T> {
  const server = await startEmbeddedPostgres({ dataDir, log: quiet });
  const client = new Client({ connectionString: Object.assign(new URL(server.adminUrl), { pathname: `/${DATABASE}` }).href });
  try {
    if (migrated) await migrate({ migrationUrl: server.migrationUrl, appUrl: server.appUrl });
    await client.connect();
    await client.query("SET timezone = 'UTC'");
    return await work(client);
  } finally {
    await client.end();
    await server.stop();
  }
}

/** Every table of ours, partitions as their whole. */
export async function tables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1`);
  return rows.map((r) => r.name);
}

/** Rows of each table and a digest of all of them, whatever their order. */
export async function fingerprint(client: Client): Promise<Record<string, { rows: number; sha256: string }>> {
  const result: Record<string, { rows: number; sha256: string }> = {};
  for (const table of await tables(client)) {
    const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t ORDER BY t::text COLLATE "C"`);
    const hash = createHash("sha256");
    for (const { row } of rows) hash.update(`${row}\n`);
    result[table] = { rows: rows.length, sha256: hash.digest("hex") };
  }
  return result;
}

/** Copies every table but the history of migrations, which the empty side has of its own. */
export async function dump(client: Client, folder: string): Promise<void> {
  for (const [n, table] of (await copied(client)).entries()) await client.query(`COPY (SELECT * FROM ${table}) TO '${path.join(folder, String(n))}' (FORMAT binary)`);
}

export async function restore(client: Client, folder: string): Promise<void> {
  await client.query("SET session_replication_role = replica"); // rows of one table may come before those they refer to
  await client.query("SELECT telemetry.ensure_partitions(((now() AT TIME ZONE 'UTC')::date - 3), 6)");
  await client.query(`TRUNCATE ${(await copied(client)).join(", ")}`);
  for (const [n, table] of (await copied(client)).entries()) await client.query(`COPY ${table} FROM '${path.join(folder, String(n))}' (FORMAT binary)`);
  await client.query(`SELECT setval(pg_get_serial_sequence('"DeploymentEvent"', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM "DeploymentEvent"), false)`);
}

const copied = async (client: Client) => (await tables(client)).filter((t) => !t.includes("_prisma_migrations"));

/** SHA-256 of each file below a folder, by its path. */
export function treeDigests(folder: string): Record<string, string> {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).map((e) => path.join(e.parentPath, e.name));
  return Object.fromEntries(files.sort().map((file) => [path.relative(folder, file), createHash("sha256").update(fs.readFileSync(file)).digest("hex")]));
}

/** Everything in the database that could be taken for a secret: each text value, what lies in JSON, bytes as hex and base64, and the words in all of these. */
export async function everyString(client: Client): Promise<Set<string>> {
  const found = new Set<string>();
  const take = (value: unknown): void => {
    if (value === null || value === undefined) return;
    if (Buffer.isBuffer(value)) return [value.toString("hex"), value.toString("base64"), value.toString("base64url"), `slp_${value.toString("base64url")}`, value.toString("latin1")].forEach((text) => found.add(text));
    if (typeof value === "object" && !(value instanceof Date)) return Object.entries(value).forEach(([key, inner]) => [key, inner].forEach(take));
    const text = String(value instanceof Date ? value.toISOString() : value);
    found.add(text);
    for (const word of text.split(/[^A-Za-z0-9_\-.+/=]+/)) found.add(word);
  };
  for (const table of await tables(client)) for (const row of (await client.query(`SELECT * FROM ${table}`)).rows) take(row);
  return found;
}
