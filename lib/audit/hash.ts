import { createHash } from "node:crypto";

export type AuditFields = {
  seq: bigint;
  at: Date;
  actorKind: string;
  actorId: string;
  actorLabel: string;
  action: string;
  subjectKind: string;
  subjectId: string;
  projectId: string | null;
  requestId: string | null;
  detail: unknown;
};

/** JSON with sorted keys, so that a value read back from jsonb hashes as it was written. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const entries = Object.entries(value).filter(([, v]) => v !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(",")}}`;
}

/** Hash of a row: SHA-256 over the hash before it and every field. Changing, removing or moving a row breaks the chain. */
export function auditHash(prevHash: string, f: AuditFields): string {
  const text = canonicalJson([
    prevHash, f.seq.toString(), f.at.toISOString(), f.actorKind, f.actorId, f.actorLabel, f.action, f.subjectKind, f.subjectId, f.projectId, f.requestId, f.detail,
  ]);
  return createHash("sha256").update(text).digest("hex");
}

export const GENESIS = "0".repeat(64);
