import { expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { db } from "@/lib/db/client";
import { edgeToken } from "@/lib/edge-tokens/edge-token";
import { verifyJwt } from "@/lib/edge-tokens/jwt";
import { publicKeys, signingKey } from "@/lib/edge-tokens/signing-keys";

useTestDatabase();

const jwt = { issuer: "https://slipway.example.com", jwksUrl: "https://slipway.example.com/api/v1/jwks", audience: "slipway:x" };

it("a token that is issued is good by the published keys, for its deployment only", async () => {
  const now = new Date();
  const { token } = await edgeToken({ jwt }, "d1", "token:t1", now);
  const keys = await publicKeys();
  expect(verifyJwt(token, keys, { iss: jwt.issuer, aud: "slipway:x/d1" }, now)).toMatchObject({ sub: "token:t1" });
  expect(verifyJwt(token, keys, { iss: jwt.issuer, aud: "slipway:x/d2" }, now)).toBeNull();
  expect(verifyJwt(token, keys, { iss: jwt.issuer, aud: "slipway:x/d1" }, new Date(now.getTime() + 301_000))).toBeNull();
  await expect(edgeToken({ jwt: null }, "d1", "token:t1", now)).rejects.toMatchObject({ code: "unprocessable" });
});

it("the private part is sealed in the database and in nothing that is published", async () => {
  const { kid, privateKey } = await signingKey();
  const row = await db().signingKey.findUniqueOrThrow({ where: { id: kid } });
  const secret = privateKey.export({ format: "jwk" });
  expect(row.privateKey).toMatch(/^v1\./);
  for (const text of [JSON.stringify(row), JSON.stringify(await publicKeys())]) for (const part of [secret.d, secret.p, secret.q]) expect(text).not.toContain(part);
});
