import { AppError } from "@/lib/errors";

/**
 * The SHA-256 (hex) that a `Content-Digest` header of RFC 9530 promises, or null without the header.
 * Of several digests the sha-256 one is used; only others is an error, as we would accept bytes nobody checked.
 */
export function parseContentDigest(header: string | null | undefined): string | null {
  if (header === null || header === undefined || header.trim() === "") return null;
  const algorithms: string[] = [];
  for (const member of header.split(",")) {
    const [, algorithm, value] = /^\s*([a-z*][a-z0-9_.*-]*)=(.*?)\s*$/.exec(member) ?? [];
    if (!algorithm || value === undefined) throw bad("is not a list of algorithm=:base64: pairs");
    algorithms.push(algorithm);
    if (algorithm !== "sha-256") continue;
    const base64 = /^:([A-Za-z0-9+/]{43}=):$/.exec(value)?.[1];
    if (!base64) throw bad("holds a sha-256 that is not 32 bytes in base64 between colons");
    return Buffer.from(base64, "base64").toString("hex");
  }
  throw bad(`names only ${algorithms.slice(0, 5).map((a) => a.slice(0, 20)).join(", ")}`);
}

const bad = (what: string) =>
  new AppError("invalid_request", `The Content-Digest header ${what}. Send sha-256, as in: Content-Digest: sha-256=:$(openssl dgst -sha256 -binary FILE | base64):`);

/** The header's value for a SHA-256 in hex. */
export const formatContentDigest = (sha256: string) => `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`;
