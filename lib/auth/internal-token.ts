import { timingSafeEqual } from "node:crypto";
import { deriveKey } from "@/lib/secrets/instance-key";

let token: string | undefined;

/** What web shows the gateway when it passes on a prediction whose caller it has already checked. Derived, so both know it; it never leaves them. */
export const internalPredictToken = (): string => (token ??= `slpi_${deriveKey("internal-predict").toString("base64url")}`);

export function isInternalPredictToken(candidate: string): boolean {
  const given = Buffer.from(candidate);
  const expected = Buffer.from(internalPredictToken());
  return given.length === expected.length && timingSafeEqual(given, expected);
}
