import { Client } from "pg";
import { APP_ROLE, DATABASE, databaseUrl, OWNER_ROLE, type Passwords, SUPERUSER } from "@/lib/db/embedded/settings";

/**
 * The two roles and the database of an embedded cluster: `slipway_owner` owns the database and migrates, `slipway_app` runs and owns
 * nothing. Safe to repeat; passwords are set anew each time, so the file is the truth.
 */
export async function ensureRoles(port: number, passwords: Passwords): Promise<void> {
  const client = new Client({ connectionString: databaseUrl(SUPERUSER, passwords.admin, port, "postgres") });
  await client.connect();
  try {
    for (const [role, password] of [[OWNER_ROLE, passwords.owner], [APP_ROLE, passwords.app]] as const) {
      const exists = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
      const attributes = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS";
      await client.query(`${exists.rowCount ? "ALTER" : "CREATE"} ROLE ${role} ${attributes} PASSWORD ${client.escapeLiteral(password)}`);
    }
    const database = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (!database.rowCount) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER_ROLE}`);
    await client.query(`REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${DATABASE} TO ${APP_ROLE}`);
  } finally {
    await client.end();
  }
}
