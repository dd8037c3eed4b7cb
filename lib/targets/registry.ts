import { AppError } from "@/lib/errors";
import { makeClusterTarget } from "@/lib/targets/kubernetes/make-cluster-target";
import { LocalTarget } from "@/lib/targets/local/local-target";
import type { Target } from "@/lib/targets/target";

/** A row of the table Target, as far as it says how to reach the place and what is there. */
export type TargetRow = { slug: string; kind: string; config: unknown; credentials?: Uint8Array | null; settings?: unknown; detected?: unknown };

/** The columns of a TargetRow, for a query's `select`. */
export const TARGET_ROW = { slug: true, kind: true, config: true, credentials: true, settings: true, detected: true } as const;

const made = new Map<string, { key: string; target: Target }>();

/**
 * The Target behind a row. The only switch on the kind of target. Made once for what the row says: when that changes, another takes its
 * place and the old one ends its watches. Throws unprocessable for a kind this version does not know.
 */
export function targetOf(row: TargetRow): Target {
  const key = JSON.stringify([row.kind, row.config, row.credentials ? Buffer.from(row.credentials).toString("base64") : null, row.settings ?? null, row.detected ?? null]);
  const known = made.get(row.slug);
  if (known?.key === key) return known.target;
  const target = make(row);
  made.set(row.slug, { key, target });
  known?.target.close?.();
  return target;
}

/** For a target that was disconnected. */
export function forgetTarget(slug: string): void {
  made.get(slug)?.target.close?.();
  made.delete(slug);
}

function make(row: TargetRow): Target {
  switch (row.kind) {
    case "local": return new LocalTarget();
    // On EKS only the way in is another: lib/targets/kubernetes/connection.ts.
    case "kubernetes": case "eks": return makeClusterTarget(row);
    default: throw new AppError("unprocessable", `Slipway cannot deploy to a target of kind "${row.kind}".`);
  }
}
