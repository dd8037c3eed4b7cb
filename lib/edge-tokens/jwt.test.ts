import { createHmac, generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { signJwt, verifyJwt, type Claims } from "@/lib/edge-tokens/jwt";
import type { PublicJwk } from "@/lib/edge-tokens/signing-keys";

function keyPair(kid: string) {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = publicKey.export({ format: "jwk" });
  return { own: { kid, privateKey }, jwk: { kty: "RSA", n: jwk.n, e: jwk.e, kid, alg: "RS256", use: "sig" } as PublicJwk, pem: publicKey.export({ type: "spki", format: "pem" }).toString() };
}
const a = keyPair("a");
const b = keyPair("b");
const now = new Date("2026-11-27T00:00:00Z");
const seconds = now.getTime() / 1000;
const expected = { iss: "https://slipway.example.com", aud: "slipway:x/d1" };
const claims: Claims = { ...expected, sub: "user:1", iat: seconds, exp: seconds + 300 };
const part = (v: unknown) => Buffer.from(JSON.stringify(v)).toString("base64url");

it("is good for its audience until its time is over", () => {
  const token = signJwt(claims, a.own);
  expect(verifyJwt(token, [b.jwk, a.jwk], expected, now)).toEqual(claims);
  expect(verifyJwt(token, [a.jwk], expected, new Date(now.getTime() + 299_000))).toEqual(claims);
  expect(verifyJwt(token, [a.jwk], expected, new Date(now.getTime() + 300_000))).toBeNull();
});

it.each([
  ["another deployment's audience", signJwt({ ...claims, aud: "slipway:x/d2" }, a.own)],
  ["another issuer", signJwt({ ...claims, iss: "https://elsewhere.example.com" }, a.own)],
  ["another key under the same name", signJwt(claims, { ...b.own, kid: "a" })],
  ["a key that is not published", signJwt(claims, { ...b.own, kid: "c" })],
  ["no signature at all", `${part({ alg: "none", kid: "a" })}.${part(claims)}.`],
  ["alg none with a signature", `${part({ alg: "none", kid: "a" })}.${part(claims)}.${signJwt(claims, a.own).split(".")[2]}`],
  ["the public key used as a shared secret", (() => { const body = `${part({ alg: "HS256", kid: "a" })}.${part(claims)}`; return `${body}.${createHmac("sha256", a.pem).update(body).digest("base64url")}`; })()],
  ["changed claims", signJwt(claims, a.own).replace(/\.[^.]+\./, `.${part({ ...claims, aud: "slipway:x/d2" })}.`)],
  ["a time in the future", signJwt({ ...claims, iat: seconds + 3600, exp: seconds + 7200 }, a.own)],
  ["no token", "x"],
])("refuses %s", (_what, token) => expect(verifyJwt(token, [a.jwk], expected, now)).toBeNull());
