import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { artifactToken, deploymentOfToken } from "@/lib/artifacts/artifact-token";

const key = randomBytes(32);

test("a deployment's token is the same at every pass, and names that deployment only", () => {
  const id = randomUUID();
  const token = artifactToken(id, key);
  expect(artifactToken(id, key)).toBe(token);
  expect(deploymentOfToken(token, key)).toBe(id);
  expect(artifactToken(randomUUID(), key)).not.toBe(token);
});

test("a token of another key, of another deployment's id, cut or lengthened, speaks for nothing", () => {
  const id = randomUUID();
  const token = artifactToken(id, key);
  expect(deploymentOfToken(token, randomBytes(32))).toBeNull();
  expect(deploymentOfToken(token.replace(id, randomUUID()), key)).toBeNull();
  expect(deploymentOfToken(token.slice(0, -1), key)).toBeNull();
  expect(deploymentOfToken(`${token}A`, key)).toBeNull();
  expect(deploymentOfToken("", key)).toBeNull();
});
