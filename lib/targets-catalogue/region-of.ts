import type { OfferingTarget } from "@/lib/profiles/offers";
import { type ConnectionConfig, connectionConfigSchema } from "@/lib/targets/kubernetes/connection-config";
import { readSettings } from "@/lib/targets/kubernetes/target-settings";

type Row = { config: unknown; settings: unknown; detected: unknown };

/** How a target is reached; null for this machine. */
export const configOf = (t: Pick<Row, "config">): ConnectionConfig | null => connectionConfigSchema.safeParse(t.config).data ?? null;

/** AWS region whose profiles and prices apply; null: none. An EKS cluster's own cannot be set to another. */
export function regionOf(t: Row): string | null {
  const config = configOf(t);
  if (config?.auth === "eks") return config.region;
  return readSettings(t.settings).region ?? readSettings(t.detected).region ?? null;
}

/** What decides which profiles a target offers. */
export const offeringOf = (t: Row & { kind: string }): OfferingTarget => ({ kind: t.kind, region: regionOf(t), architecture: readSettings(t.settings).architecture ?? readSettings(t.detected).architecture ?? null });
