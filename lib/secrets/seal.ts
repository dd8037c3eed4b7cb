import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { deriveKey, instanceKey, retiredKeys } from "@/lib/secrets/instance-key";

const VERSION = "v1";

/** First 8 hex digits of the key's SHA-256: tells which key sealed a value, and nothing of the key. */
export const keyId = (key: Buffer) => createHash("sha256").update("slipway-key-id").update(key).digest("hex").slice(0, 8);

/**
 * AES-256-GCM. `aad` binds the value to its place (`secret:<project>:<name>`): moved to another row it does not open.
 * Returns `v1.<key id>.<iv>.<tag>.<ciphertext>`, base64url.
 */
export function seal(plaintext: string, aad: string, key: Buffer = instanceKey()): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", deriveKey("seal", key), iv);
  cipher.setAAD(Buffer.from(aad));
  const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return [VERSION, keyId(key), ...[iv, cipher.getAuthTag(), ciphertext].map((part) => part.toString("base64url"))].join(".");
}

/**
 * Opens what `seal` made. `keys` are tried by key id: the first is the one in use, further ones are retired keys during a rotation.
 * Throws an Error that never carries the value.
 */
export function open(sealed: string, aad: string, keys: Buffer[] = [instanceKey(), ...retiredKeys()]): string {
  const [version, id, iv, tag, ciphertext, ...rest] = sealed.split(".");
  if (version !== VERSION || iv === undefined || tag === undefined || ciphertext === undefined || rest.length > 0) throw new Error("This is not a sealed value.");
  const key = keys.find((candidate) => keyId(candidate) === id);
  if (!key) throw new Error(`The value was sealed with another encryption key (${id}): set SLIPWAY_ENCRYPTION_KEY to that key, or SLIPWAY_RETIRED_ENCRYPTION_KEY until npm run admin -- rotate-key has run.`);
  try {
    const decipher = createDecipheriv("aes-256-gcm", deriveKey("seal", key), Buffer.from(iv, "base64url"), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(aad));
    decipher.setAuthTag(Buffer.from(tag, "base64url"));
    return Buffer.concat([decipher.update(Buffer.from(ciphertext, "base64url")), decipher.final()]).toString("utf8");
  } catch {
    throw new Error("The sealed value was changed or belongs to another place.");
  }
}
