import fs from "node:fs";
import path from "node:path";
import { startEmbeddedPostgres } from "@/lib/db/embedded/start";
import { migrate } from "@/lib/db/migrate";
import type { Env } from "@/lib/env";
import { lockDataDir } from "@/services/supervisor/lock";

export type OpenDatabase = { appUrl: string; migrationUrl: string; /** A Slipway runs on it; null: it cannot be told. */ running: boolean | null; close(): Promise<void> };

/**
 * The database of the Slipway that is meant: the one DATABASE_URL names; else the embedded one of the data directory, taken
 * over where Slipway runs (and left running), started and stopped again where it does not. Throws an Error in words where the
 * data directory holds no Slipway: nothing is made here.
 */
export async function openDatabase(env: Env): Promise<OpenDatabase> {
  if (env.DATABASE_URL && env.DATABASE_MIGRATION_URL) return { appUrl: env.DATABASE_URL, migrationUrl: env.DATABASE_MIGRATION_URL, running: null, close: async () => undefined };
  const dataDir = env.SLIPWAY_DATA_DIR;
  if (!fs.existsSync(path.join(dataDir, "postgres", "cluster"))) {
    throw new Error(`There is no Slipway in ${dataDir}. Set SLIPWAY_DATA_DIR to the directory it keeps its data in, or start one with: npm run up`);
  }
  const release = holdIfFree(dataDir);
  const log = { info: () => undefined, warn: (fields: object, message: string) => console.error(message, fields) };
  const server = await startEmbeddedPostgres({ dataDir, log }).catch((error: unknown) => { release?.(); throw error; });
  const close = async () => {
    // A server that was found running belongs to the Slipway that runs.
    if (release && !server.adopted) await server.stop();
    release?.();
  };
  try {
    if (release) await migrate(server);
  } catch (error) {
    await close();
    throw error;
  }
  return { appUrl: server.appUrl, migrationUrl: server.migrationUrl, running: release === null, close };
}

/** Holds the data directory as a running Slipway would; null where one does. */
function holdIfFree(dataDir: string): (() => void) | null {
  try {
    return lockDataDir(dataDir);
  } catch {
    return null;
  }
}
