import { createHash, createPrivateKey, generateKeyPair, type JsonWebKey, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { db } from "@/lib/db/client";
import { open, seal } from "@/lib/secrets/seal";

export type SigningKey = { kid: string; privateKey: KeyObject };
export type PublicJwk = { kty: "RSA"; n: string; e: string; kid: string; alg: "RS256"; use: "sig" };

/** The place a key is sealed for. */
export const signingKeyPlace = (kid: string) => `signing-key:${kid}`;
let cached: SigningKey | undefined;

/**
 * The key that signs; made at first use. RS256, which every edge checks, ALB included. Two processes that make one at the same time
 * publish both, and sign with the older. A key that was sealed with a lost encryption key is passed over: another is made.
 */
export async function signingKey(): Promise<SigningKey> {
  if (cached) return cached;
  cached = (await oldestUsable()) ?? (await makeKey(), await oldestUsable()) ?? undefined;
  if (!cached) throw new Error("no signing key could be made");
  return cached;
}

async function oldestUsable(): Promise<SigningKey | null> {
  const rows = await db().signingKey.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }], select: { id: true, privateKey: true } });
  for (const row of rows) {
    try {
      return { kid: row.id, privateKey: createPrivateKey(open(row.privateKey, signingKeyPlace(row.id))) };
    } catch {
      // sealed with another encryption key
    }
  }
  return null;
}

async function makeKey(): Promise<void> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const jwk = publicKey.export({ format: "jwk" });
  const kid = thumbprint(jwk);
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const publicJwk = { kty: "RSA", n: jwk.n ?? "", e: jwk.e ?? "", kid, alg: "RS256", use: "sig" };
  await db().signingKey.create({ data: { id: kid, publicJwk, privateKey: seal(pem, signingKeyPlace(kid)) } });
}

/** RFC 7638. */
const thumbprint = (jwk: JsonWebKey) => createHash("sha256").update(JSON.stringify({ e: jwk.e, kty: "RSA", n: jwk.n })).digest("base64url");

/** What edges check tokens with. Never empty: an edge that finds no key would refuse everybody for as long as it keeps the answer. */
export async function publicKeys(): Promise<PublicJwk[]> {
  await signingKey();
  const rows = await db().signingKey.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }], select: { publicJwk: true } });
  return rows.map((r) => r.publicJwk as unknown as PublicJwk);
}
