import { createHash } from "node:crypto";
import type { DeploymentSpec } from "@/lib/targets/target";

/** JSON with sorted keys and without undefined members: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((v) => canonicalJson(v ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value as Record<string, unknown>).filter(([, v]) => v !== undefined).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(",")}}`;
}

/**
 * SHA-256 (hex) of a spec: by it the reconciler knows that a target has already accepted this very state. `generation` is part of
 * it, so that a target also tells the newest generation it has seen.
 */
export const specHash = (spec: DeploymentSpec): string => createHash("sha256").update(canonicalJson(spec)).digest("hex");
