import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const PREFIX = "slp_";

/** A new API token: prefix, 256 random bits, and six characters of checksum so that secret scanners can tell it from noise. */
export function newToken(): string {
  const body = randomBytes(32).toString("base64url");
  return `${PREFIX}${body}${checksum(body)}`;
}

export const checksum = (body: string) => crc32(body).toString(36).padStart(7, "0").slice(-6);

/** SHA-256 as stored. The input is 256 random bits, so a slow hash would add nothing. */
export const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();

/** First characters as shown in lists. */
export const tokenPrefix = (token: string) => token.slice(0, 10);

/** The bearer token of an Authorization header, or null. */
export function bearerOf(header: string | null | undefined): string | null {
  const match = /^Bearer ([\x21-\x7e]{8,512})$/i.exec(header ?? "");
  return match ? match[1]! : null;
}
