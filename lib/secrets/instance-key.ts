import { hkdfSync, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { dataPath, env } from "@/lib/env";

let cached: Buffer | undefined;

/**
 * The 32-byte key everything sealed at rest hangs on: SLIPWAY_ENCRYPTION_KEY, else one made at first use and kept in the data
 * directory in a file only our account may read. Several processes may ask at once: one key wins for all.
 */
export function instanceKey(): Buffer {
  return (cached ??= env().SLIPWAY_ENCRYPTION_KEY ? Buffer.from(env().SLIPWAY_ENCRYPTION_KEY ?? "", "base64") : keyFromFile(instanceKeyFile()));
}

/** Where the key lies when it is not given by the environment. */
export const instanceKeyFile = (): string => dataPath("secrets", "instance.key");

/** The key before the one in `file`, for as long as something may still be sealed with it. */
export const retiredKeyFile = (file: string): string => `${file}.retired`;

/** Keys that still open what they sealed, and seal nothing: SLIPWAY_RETIRED_ENCRYPTION_KEY, and the one a rotation of the file left. */
export function retiredKeys(): Buffer[] {
  const given = env().SLIPWAY_RETIRED_ENCRYPTION_KEY;
  if (given) return [Buffer.from(given, "base64")];
  const file = retiredKeyFile(instanceKeyFile());
  return !env().SLIPWAY_ENCRYPTION_KEY && fs.existsSync(file) ? [keyFromFile(file)] : [];
}

/** A key for one purpose (`session`, `secret`, `jwt`), so that no key serves two. 32 bytes, HKDF-SHA-256. */
export function deriveKey(purpose: string, key: Buffer = instanceKey()): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "slipway", purpose, 32));
}

/** Exported for its test. Throws an Error in words when the file is damaged: making another key would lose every secret. */
export function keyFromFile(file: string): Buffer {
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const temporary = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
    const descriptor = fs.openSync(temporary, "wx", 0o600);
    fs.writeSync(descriptor, `${randomBytes(32).toString("base64")}\n`);
    fs.fsyncSync(descriptor);
    fs.closeSync(descriptor);
    try {
      fs.linkSync(temporary, file); // unlike rename, fails when another process was first
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      fs.unlinkSync(temporary);
    }
  }
  const key = Buffer.from(fs.readFileSync(file, "utf8").trim(), "base64");
  if (key.length !== 32) throw new Error(`${file} does not hold 32 bytes in base64: restore it from a backup, or set SLIPWAY_ENCRYPTION_KEY to the key in use.`);
  return key;
}
