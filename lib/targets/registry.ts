import { AppError } from "@/lib/errors";
import { LocalTarget } from "@/lib/targets/local/local-target";
import type { Target } from "@/lib/targets/target";

/** A row of the table Target, as far as it says how to reach the place. */
export type TargetRow = { slug: string; kind: string; config: unknown };

const made = new Map<string, Target>();

/** The Target behind a row. The only switch on the kind of target. Throws unprocessable for a kind this version does not know. */
export function targetOf(row: TargetRow): Target {
  const key = JSON.stringify([row.slug, row.kind, row.config]);
  const known = made.get(key);
  if (known) return known;
  const target = make(row);
  made.set(key, target);
  return target;
}

function make(row: TargetRow): Target {
  switch (row.kind) {
    case "local": return new LocalTarget();
    default: throw new AppError("unprocessable", `Slipway cannot deploy to a target of kind "${row.kind}" yet.`);
  }
}
