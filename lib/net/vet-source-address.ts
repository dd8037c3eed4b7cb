import type { Destination } from "@/lib/net/vet-address";
import { whyNoApiServer } from "@/lib/net/vet-cluster-address";

/**
 * Why a metrics source a platform person gave must not be connected to, or null. As an API server it is usually private; inside a cluster it
 * usually speaks plain http, which is allowed where nothing secret is sent (lib/observability/sources/schema.ts).
 */
export function whyNoMetricsSource(to: Destination): string | null {
  return whyNoApiServer({ ...to, protocol: "https:" })?.replace("an API server", "a metrics source") ?? null;
}
