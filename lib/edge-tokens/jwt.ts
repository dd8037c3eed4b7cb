import { createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import type { PublicJwk, SigningKey } from "@/lib/edge-tokens/signing-keys";

export type Claims = { iss: string; aud: string; sub: string; iat: number; exp: number };

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A JWT, RS256. */
export function signJwt(claims: Claims, key: SigningKey): string {
  const body = `${part({ alg: "RS256", typ: "JWT", kid: key.kid })}.${part(claims)}`;
  return `${body}.${sign("sha256", Buffer.from(body), key.privateKey).toString("base64url")}`;
}

/**
 * Checks as an edge does: one algorithm, a known key, issuer, audience and time. null: refused. Edges check by themselves; this is what
 * their tests, and ours, hold tokens against.
 */
export function verifyJwt(token: string, keys: PublicJwk[], expected: { iss: string; aud: string }, now: Date): Claims | null {
  const [head, body, mac, ...rest] = token.split(".");
  if (!head || !body || !mac || rest.length > 0) return null;
  const header = json(head) as { alg?: unknown; kid?: unknown } | null;
  const jwk = header?.alg === "RS256" ? keys.find((k) => k.kid === header.kid) : undefined;
  if (!jwk) return null;
  const key: KeyObject = createPublicKey({ key: { kty: jwk.kty, n: jwk.n, e: jwk.e }, format: "jwk" });
  if (!verify("sha256", Buffer.from(`${head}.${body}`), key, Buffer.from(mac, "base64url"))) return null;
  const claims = json(body) as Claims | null;
  const seconds = now.getTime() / 1000;
  return claims && claims.iss === expected.iss && claims.aud === expected.aud && claims.exp > seconds && claims.iat <= seconds + 60 ? claims : null;
}

function json(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
