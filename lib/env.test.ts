import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";

const message = (source: Record<string, string>) => {
  try {
    parseEnv(source);
  } catch (error) {
    return (error as Error).message;
  }
  return null;
};

describe("the environment", () => {
  it("needs nothing: the defaults are loopback, ports 3000 and 3001, and production", () => {
    expect(parseEnv({})).toMatchObject({ HOST: "127.0.0.1", PORT: 3000, GATEWAY_PORT: 3001, NODE_ENV: "production", baseUrl: "http://127.0.0.1:3000", gatewayUrl: "http://127.0.0.1:3001" });
  });

  it.each([
    ["PORT", { PORT: "http" }],
    ["PORT", { PORT: "70000" }],
    ["GATEWAY_PORT", { PORT: "4000", GATEWAY_PORT: "4000" }],
    ["SLIPWAY_ENCRYPTION_KEY", { SLIPWAY_ENCRYPTION_KEY: "c2hvcnQ=" }],
    ["SLIPWAY_BOOTSTRAP_TOKEN", { SLIPWAY_BOOTSTRAP_TOKEN: "short-token" }],
    ["SLIPWAY_ARTIFACTS", { SLIPWAY_ARTIFACTS: "https://bucket.s3.amazonaws.com/prefix" }],
    ["OTEL_EXPORTER_OTLP_HEADERS", { OTEL_EXPORTER_OTLP_HEADERS: "api-key=50%" }],
    ["SLIPWAY_IMPORT_BUCKETS", { SLIPWAY_IMPORT_BUCKETS: "models;others" }],
    ["SLIPWAY_BASE_URL", { SLIPWAY_BASE_URL: "slipway.example" }],
    ["DATABASE_URL", { DATABASE_URL: "mysql://x", DATABASE_MIGRATION_URL: "postgresql://x" }],
    ["DATABASE_MIGRATION_URL", { DATABASE_URL: "postgresql://app@db/slipway" }],
    ["SLIPWAY_OIDC_ISSUER", { SLIPWAY_OIDC_CLIENT_ID: "slipway" }],
    ["SMTP_URL", { SMTP_URL: "mail.example" }],
    ["LOG_LEVEL", { LOG_LEVEL: "loud" }],
    ["SLIPWAY_PUBLIC_SITE", { SLIPWAY_PUBLIC_SITE: "no" }],
  ])("a bad %s is named with what is expected of it", (variable, source) => {
    const line = message(source)?.split("\n").find((text) => text.trim().startsWith(variable));
    expect(line).toBeDefined();
    expect(line).toMatch(/ (must|needs) /);
  });

  it("names every bad variable at once, and never repeats a value", () => {
    const text = message({ PORT: "s3cret-value", SLIPWAY_BOOTSTRAP_TOKEN: "s3cret-value", SMTP_URL: "s3cret-value" });
    expect(text).toMatch(/PORT[\s\S]*SLIPWAY_BOOTSTRAP_TOKEN[\s\S]*SMTP_URL/);
    expect(text).not.toContain("s3cret-value");
  });

  it("refuses plain http beyond loopback unless told, and takes an https address in front", () => {
    expect(message({ HOST: "0.0.0.0" })).toMatch(/HOST is not loopback/);
    expect(message({ HOST: "0.0.0.0", SLIPWAY_BASE_URL: "http://slipway.example" })).toMatch(/HOST is not loopback/);
    expect(message({ HOST: "0.0.0.0", SLIPWAY_BASE_URL: "https://slipway.example" })).toBeNull();
    expect(message({ HOST: "0.0.0.0", SLIPWAY_INSECURE_HTTP: "on" })).toBeNull();
  });

  it("takes an empty variable for one that is not set", () => {
    expect(parseEnv({ PORT: "", DATABASE_URL: "", SLIPWAY_ENCRYPTION_KEY: "" })).toMatchObject({ PORT: 3000 });
  });
});
