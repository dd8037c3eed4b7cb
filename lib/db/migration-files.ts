import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

export type MigrationFile = { name: string; sql: string; /** sha256 of the file's bytes, lower-case hex, as Prisma records it. */ checksum: string };

/** Migrations of a folder in the order of their names, as Prisma reads them. An absent folder has none. */
export function readMigrationFiles(folder: string): MigrationFile[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && fs.existsSync(path.join(folder, entry.name, "migration.sql")))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const bytes = fs.readFileSync(path.join(folder, name, "migration.sql"));
      return { name, sql: bytes.toString("utf8"), checksum: createHash("sha256").update(bytes).digest("hex") };
    });
}
