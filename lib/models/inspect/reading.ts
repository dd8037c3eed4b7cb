import type { InspectionFinding, ModelFormat, Signature } from "./types";

/** What one reader learned from one file. `inspectSet` adds the readings of a set up. */
export type Reading = {
  format: ModelFormat;
  path: string;
  signature: Signature | null;
  /** null is "cannot be counted". */
  parameters: bigint | null;
  weightBytesByType: Record<string, number> | null;
  facts: Record<string, string | number>;
  findings: InspectionFinding[];
  /** True: the file carries code, so it waits for a platform person. */
  carriesCode: boolean;
  /** Files of the set that this one points to as raw weights; they are not classified on their own. */
  references?: string[];
};
