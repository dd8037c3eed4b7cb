import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { isAlive, processesInside, stopPostmaster } from "@/lib/db/embedded/postmaster";
import { DATABASE } from "@/lib/db/embedded/settings";
import { startEmbeddedPostgres } from "@/lib/db/embedded/start";
import { migrate } from "@/lib/db/migrate";

const PREFIX = "slipway-test-db-";
const quiet = { info: () => undefined, warn: (fields: object, message: string) => console.warn(message, fields) };

/** One embedded PostgreSQL for the whole run; its migrated database is the template of every test file's own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepEarlierRuns();
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), PREFIX));
  fs.writeFileSync(path.join(dataDir, "owner.pid"), String(process.pid));
  // Nothing of a test outlives it, so nothing need reach the disk.
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300", autovacuum: "off" };
  const server = await startEmbeddedPostgres({ dataDir, log: quiet, settings });
  const end = async () => {
    await server.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await migrate({ migrationUrl: server.migrationUrl, appUrl: server.appUrl });
  } catch (error) {
    await end();
    throw error;
  }
  project.provide("testAdminUrl", server.adminUrl);
  project.provide("testAppUrl", server.appUrl);
  project.provide("testMigrationUrl", server.migrationUrl);
  project.provide("testTemplate", DATABASE);
  return end;
}

/** A killed run leaves its server and folder: the next one takes them away. */
async function sweepEarlierRuns(): Promise<void> {
  for (const name of fs.readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = path.join(os.tmpdir(), name);
    try {
      if (isAlive(Number(fs.readFileSync(path.join(folder, "owner.pid"), "utf8")))) continue;
      const cluster = path.join(folder, "postgres", "cluster");
      for (const pid of fs.existsSync(cluster) ? (processesInside(cluster) ?? []) : []) await stopPostmaster(pid);
      fs.rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another run is just making or removing it, or it is another user's.
    }
  }
}
