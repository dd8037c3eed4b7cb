import { AppError } from "@/lib/errors";
import type { DatadogConnection } from "@/lib/observability/datadog/ask";
import type { PrometheusConnection } from "@/lib/observability/prometheus/ask";
import type { SourceConfig } from "@/lib/observability/sources/schema";
import { sourcePlace } from "@/lib/observability/sources/source-place";
import { open } from "@/lib/secrets/seal";

export type Connection = PrometheusConnection | DatadogConnection;
export const isDatadog = (c: Connection): c is DatadogConnection => c.config.kind === "datadog";

/** A stored source with its secret opened. Throws unprocessable where it was sealed with a key that is gone. */
export function connectionOf(target: string, row: { config: unknown; credentials: Uint8Array | null }): Connection {
  try {
    return { config: row.config as SourceConfig, secret: row.credentials && open(Buffer.from(row.credentials).toString("utf8"), sourcePlace(target)) } as Connection;
  } catch (cause) {
    throw new AppError("unprocessable", "The source's secret was sealed with another SLIPWAY_ENCRYPTION_KEY. Set that key, or give the secret again.", { cause });
  }
}
