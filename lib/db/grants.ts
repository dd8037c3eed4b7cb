import type { Client } from "pg";

/** Schemas whose tables the running role may read and write. */
export const APP_SCHEMAS = ["public", "telemetry"];

type Privilege = "INSERT" | "UPDATE" | "DELETE" | "TRUNCATE";

/** What the running role may not do although it may elsewhere. A table that does not exist yet is passed over. */
export const GRANT_EXCEPTIONS: { schema: string; table: string; revoke: Privilege[]; why: string }[] = [
  { schema: "public", table: "_prisma_migrations", revoke: ["INSERT", "UPDATE", "DELETE", "TRUNCATE"], why: "only the owner migrates" },
  { schema: "public", table: "AuditEntry", revoke: ["UPDATE", "DELETE", "TRUNCATE"], why: "the audit log only grows" },
  { schema: "public", table: "Revision", revoke: ["UPDATE", "TRUNCATE"], why: "a revision never changes" },
];

/**
 * Sets the running role's rights from scratch, in one transaction on the owner's connection. `appUrl` names the role.
 * Throws an Error in words when that role could get round them: the owner itself, a member of it, or a superuser.
 */
export async function applyGrants(owner: Client, appUrl: string): Promise<void> {
  const role = decodeURIComponent(new URL(appUrl).username);
  await refuseUnboundRole(owner, role);
  const to = owner.escapeIdentifier(role);
  const { rows: schemas } = await owner.query<{ nspname: string }>("SELECT nspname FROM pg_namespace WHERE nspname = ANY($1)", [APP_SCHEMAS]);
  await owner.query("BEGIN");
  try {
    for (const { nspname } of schemas) {
      const schema = owner.escapeIdentifier(nspname);
      await owner.query(`GRANT USAGE ON SCHEMA ${schema} TO ${to}`);
      await owner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${to}`);
      await owner.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${to}`);
      await owner.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schema} TO ${to}`);
      // Partitions that the owner's functions make between two starts.
      await owner.query(`ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${to}`);
    }
    for (const { schema, table, revoke } of GRANT_EXCEPTIONS) {
      const name = `${owner.escapeIdentifier(schema)}.${owner.escapeIdentifier(table)}`;
      const { rows } = await owner.query<{ found: boolean }>("SELECT to_regclass($1) IS NOT NULL AS found", [name]);
      if (rows[0]?.found) await owner.query(`REVOKE ${revoke.join(", ")} ON TABLE ${name} FROM ${to}`);
    }
    await owner.query("COMMIT");
  } catch (error) {
    await owner.query("ROLLBACK");
    throw new Error(`The rights of role ${role} could not be set: ${(error as Error).message}`, { cause: error });
  }
}

async function refuseUnboundRole(owner: Client, role: string): Promise<void> {
  const { rows } = await owner.query<{ rolsuper: boolean; owns: boolean; same: boolean }>(
    `SELECT rolsuper, pg_has_role(rolname, current_user, 'MEMBER') AS owns, rolname = current_user AS same FROM pg_roles WHERE rolname = $1`,
    [role],
  );
  const found = rows[0];
  if (!found) throw new Error(`The role ${role} of DATABASE_URL does not exist on the server: CREATE ROLE it with LOGIN and a password.`);
  const reason = found.same
    ? "is the role of DATABASE_MIGRATION_URL as well"
    : found.rolsuper
      ? "is a superuser"
      : found.owns
        ? "is a member of the role of DATABASE_MIGRATION_URL"
        : null;
  if (reason) throw new Error(`The role ${role} of DATABASE_URL ${reason}, so it could change the audit log: use a role of its own, without further rights.`);
}
