import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

export const SUPERUSER = "slipway_admin";
export const OWNER_ROLE = "slipway_owner";
export const APP_ROLE = "slipway_app";
export const DATABASE = "slipway";

export type Passwords = { admin: string; owner: string; app: string };

/** Random passwords of the three roles, made once and kept in a file that only our own account may read. */
export function loadPasswords(home: string): Passwords {
  const file = path.join(home, "passwords.json");
  if (!fs.existsSync(file)) {
    const random = () => randomBytes(24).toString("base64url");
    writeWhole(file, JSON.stringify({ admin: random(), owner: random(), app: random() } satisfies Passwords));
  }
  return JSON.parse(fs.readFileSync(file, "utf8")) as Passwords;
}

/** The port of the last start, so that a server found running is the one we expect and URLs stay the same. */
export function loadPort(home: string): number | null {
  try {
    return (JSON.parse(fs.readFileSync(path.join(home, "port.json"), "utf8")) as { port: number }).port;
  } catch {
    return null;
  }
}

export const savePort = (home: string, port: number) => writeWhole(path.join(home, "port.json"), JSON.stringify({ port }));

/** Written under a temporary name, synced, then renamed: the file is whole or absent. */
function writeWhole(file: string, text: string): void {
  const temporary = `${file}.${process.pid}`;
  const descriptor = fs.openSync(temporary, "w", 0o600);
  fs.writeSync(descriptor, text);
  fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
  fs.renameSync(temporary, file);
}

export const databaseUrl = (user: string, password: string, port: number, database: string) =>
  `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
