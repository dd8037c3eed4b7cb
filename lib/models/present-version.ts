import type { VersionDto } from "@/lib/models/schema";
import type { StoredInspection } from "@/lib/models/stored-inspection";

type Row = {
  number: number; digest: string; state: "accepted" | "quarantined" | "approved"; format: string; sizeBytes: bigint; signature: unknown; inspection: unknown; source: unknown;
  createdAt: Date; createdBy: string; approvedAt: Date | null; approvedBy: string | null; files: { path: string; sizeBytes: bigint; sha256: string }[];
};

export function presentVersion(v: Row): VersionDto {
  const i = v.inspection as StoredInspection;
  return {
    version: v.number, digest: v.digest, state: v.state, format: v.format, sizeBytes: Number(v.sizeBytes),
    files: v.files.map((f) => ({ path: f.path, sizeBytes: Number(f.sizeBytes), sha256: f.sha256 })),
    signature: v.signature as VersionDto["signature"],
    parameters: i.parameters, weightBytes: i.weightBytes, weightBytesByType: i.weightBytesByType, facts: i.facts, findings: i.findings,
    source: v.source as VersionDto["source"], createdAt: v.createdAt.toISOString(), createdBy: v.createdBy,
    approvedAt: v.approvedAt?.toISOString() ?? null, approvedBy: v.approvedBy,
  };
}
