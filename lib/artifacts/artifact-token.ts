import { createHmac, timingSafeEqual } from "node:crypto";
import { deriveKey } from "@/lib/secrets/instance-key";

const PREFIX = "sla_";

/**
 * What a deployment's pods show to get its files: `sla_<deployment id>.<HMAC-SHA-256>`. Derived and not stored, so that a pass with
 * nothing to do changes nothing, and a pod that starts weeks later still has a token that is good while its deployment exists.
 */
export function artifactToken(deploymentId: string, key: Buffer = deriveKey("artifact-token")): string {
  return `${PREFIX}${deploymentId}.${createHmac("sha256", key).update(`deployment:${deploymentId}`).digest("base64url")}`;
}

/** Id of the deployment a token speaks for; null: it is none of ours. Whether the deployment still exists is the caller's question. */
export function deploymentOfToken(token: string, key: Buffer = deriveKey("artifact-token")): string | null {
  const id = /^sla_([0-9a-f-]{36})\./.exec(token)?.[1];
  if (id === undefined) return null;
  const expected = Buffer.from(artifactToken(id, key));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected) ? id : null;
}
