import type { Actor } from "@/lib/auth/actor";
import { allows } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { datadogApi } from "@/lib/observability/datadog/sites";
import { findTarget } from "@/lib/targets-catalogue/find-target";
import type { MetricsSourceDto, SourceConfig, SourceHealth } from "@/lib/observability/sources/schema";

/** Where a target's measures come from and how that fares; how it is reached only for whoever may connect clusters. Never the secret. */
export async function getSource(actor: Actor, slug: string): Promise<MetricsSourceDto> {
  const target = await findTarget(slug);
  const row = await db().targetMetricsSource.findUnique({ where: { targetId: target.id } });
  if (!row) return { kind: target.kind === "local" ? "embedded" : "none", health: null, checkedAt: null, settings: null };
  const c = row.config as SourceConfig;
  return {
    kind: c.kind, health: row.health as SourceHealth | null, checkedAt: row.checkedAt?.toISOString() ?? null,
    settings: allows(actor, "target.manage", null) ? { ...settingsOf(c), secretSet: row.credentials !== null } : null,
  };
}

function settingsOf(c: SourceConfig): Omit<NonNullable<MetricsSourceDto["settings"]>, "secretSet"> {
  if (c.kind === "datadog") return { url: datadogApi(c), site: c.site, auth: "keys", user: null, region: null, roleArn: null, tenant: null, caPem: null, tlsServerName: null, scrapeIntervalSeconds: null };
  return {
    url: c.url, site: null, auth: c.auth.type, user: c.auth.type === "basic" ? c.auth.user : null, region: c.auth.type === "sigv4" ? c.auth.region : null, roleArn: c.auth.type === "sigv4" ? (c.auth.roleArn ?? null) : null,
    tenant: c.tenant ?? null, caPem: c.caPem ?? null, tlsServerName: c.tlsServerName ?? null, scrapeIntervalSeconds: c.scrapeIntervalSeconds,
  };
}
