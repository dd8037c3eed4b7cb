import { createHmac, timingSafeEqual } from "node:crypto";
import { deriveKey } from "@/lib/secrets/instance-key";

const PREFIX = "sld_";

/** How long a download may be begun with one. A download under way goes on; a later one asks for another. */
export const DOWNLOAD_TOKEN_SECONDS = 15 * 60;

/** `sld_<deployment id>.<expiry, unix seconds>.<HMAC-SHA-256>`: what a pod gets for its artifact token, good for the files of its deployment only. */
export function downloadToken(deploymentId: string, now: Date, key: Buffer = deriveKey("download-token")): { token: string; expiresAt: Date } {
  const expires = Math.floor(now.getTime() / 1000) + DOWNLOAD_TOKEN_SECONDS;
  return { token: sign(deploymentId, expires, key), expiresAt: new Date(expires * 1000) };
}

/** Id of the deployment a token speaks for; null: it is none of ours, or its time is over. */
export function deploymentOfDownloadToken(token: string, now: Date, key: Buffer = deriveKey("download-token")): string | null {
  const [, id, expires] = /^sld_([0-9a-f-]{36})\.(\d{1,12})\.[\w-]+$/.exec(token) ?? [];
  if (id === undefined || expires === undefined) return null;
  const expected = Buffer.from(sign(id, Number(expires), key));
  const given = Buffer.from(token);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return Number(expires) * 1000 > now.getTime() ? id : null;
}

const sign = (id: string, expires: number, key: Buffer) => `${PREFIX}${id}.${expires}.${createHmac("sha256", key).update(`download:${id}:${expires}`).digest("base64url")}`;
