import type { Inspection, InspectionFinding } from "@/lib/models/inspect/types";

/** Inspection as kept in ModelVersion.inspection: JSON has no bigint. */
export type StoredInspection = {
  parameters: number | null;
  weightBytes: number | null;
  weightBytesByType: Record<string, number> | null;
  facts: Record<string, string | number>;
  findings: InspectionFinding[];
};

export const toStored = (i: Inspection): StoredInspection => ({
  parameters: i.parameters === null ? null : Number(i.parameters),
  weightBytes: i.weightBytes, weightBytesByType: i.weightBytesByType, facts: i.facts, findings: i.findings,
});
