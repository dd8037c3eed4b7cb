import path from "node:path";
import { z } from "zod";

const whole = (from: number, to: number) => z.coerce.number({ error: `must be a whole number from ${from} to ${to}` }).refine((n) => Number.isInteger(n) && n >= from && n <= to, `must be a whole number from ${from} to ${to}`);
const port = (fallback: number) => whole(1, 65535).default(fallback);
const oneOf = <const T extends [string, ...string[]]>(...values: T) => z.enum(values, { error: `must be one of ${values.join(", ")}` });
const flag = oneOf("on", "off");
const optionalUrl = (what: string) => z.url({ error: `must be ${what}` }).optional();

/** The whole environment of Slipway: name, what it means, default. Nothing else in the project reads process.env. */
const schema = z.object({
  NODE_ENV: oneOf("development", "test", "production").default("production"),
  LOG_LEVEL: oneOf("fatal", "error", "warn", "info", "debug", "trace", "silent").default("info"),
  HOST: z.string().min(1).default("127.0.0.1").describe("Address web and gateway listen on"),
  PORT: port(3000).describe("Port of the portal and the REST API"),
  GATEWAY_PORT: port(3001).describe("Port of the gateway, which serves predictions of the local target"),
  SLIPWAY_BASE_URL: optionalUrl("the URL people open Slipway at, like https://slipway.example.com"),
  SLIPWAY_GATEWAY_URL: optionalUrl("the URL callers reach the gateway at, like https://predict.example.com"),
  SLIPWAY_ALLOWED_HOSTS: z.string().default("").describe("Further Host header values that are answered, separated by commas"),
  SLIPWAY_INSECURE_HTTP: flag.default("off").describe("on: allow plain http beyond loopback"),
  SLIPWAY_DATA_DIR: z.string().min(1).default(path.resolve(".slipway")).transform((p) => path.resolve(p)),
  SLIPWAY_ARTIFACTS: z.string().regex(/^(|s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[A-Za-z0-9!_.*'()-]+)*\/?)$/, "must be empty, or s3://bucket or s3://bucket/prefix").default("").describe("s3://bucket/prefix: where files of models are kept instead of SLIPWAY_DATA_DIR"),
  SLIPWAY_IMPORT_BUCKETS: z.string().regex(/^[a-zA-Z0-9.,:/_ -]*$/, "must be bucket names, or bucket/prefix, separated by commas").default("").describe("S3 buckets that may be imported from; none unless named"),
  SLIPWAY_MODEL_SERVER_IMAGE: z.string().min(1).default("slipway/model-server:0.1.0").describe("Image of Slipway's model server on clusters; by digest where you have one"),
  SLIPWAY_BOOTSTRAP_TOKEN: z.string().min(32, "must have at least 32 characters").optional(),
  SLIPWAY_ENCRYPTION_KEY: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, "must be 32 random bytes in base64 (openssl rand -base64 32)").optional(),
  SLIPWAY_RETIRED_ENCRYPTION_KEY: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, "must be the key before, as SLIPWAY_ENCRYPTION_KEY was").optional().describe("Opens what is sealed with it, until npm run admin -- rotate-key has run"),
  SLIPWAY_TRUSTED_PROXIES: z.string().default("").describe("CIDR ranges whose X-Forwarded-For is believed, separated by commas"),
  SLIPWAY_PUBLIC_SITE: flag.default("on"),
  SLIPWAY_OIDC_ISSUER: optionalUrl("the issuer URL of your OpenID Connect provider"),
  SLIPWAY_OIDC_CLIENT_ID: z.string().min(1).optional(),
  SLIPWAY_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  SLIPWAY_OIDC_NAME: z.string().min(1).default("Single sign-on"),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must be a postgresql:// URL").optional(),
  DATABASE_MIGRATION_URL: z.string().regex(/^postgres(ql)?:\/\//, "must be a postgresql:// URL").optional(),
  DATABASE_POOL_MAX: whole(2, 200).default(10),
  SLIPWAY_FAILPOINT: z.string().max(120).optional().describe("For the kill suite: where the worker ends itself. Only heeded with NODE_ENV=test"),
  AWS_ENDPOINT_URL: optionalUrl("the URL of an AWS double, as the AWS SDK reads it too").describe("For tests: where AWS is asked instead"),
  SLIPWAY_SPOT_ADVISOR_URL: optionalUrl("the URL of a copy of the Spot Advisor's file").describe("A copy of AWS's Spot Advisor file inside your network; AWS's own otherwise"),
  KUBERNETES_SERVICE_HOST: z.string().min(1).optional().describe("Set by Kubernetes in a pod"),
  KUBERNETES_SERVICE_PORT: z.string().regex(/^\d{1,5}$/, "must be a port").optional().describe("Set by Kubernetes in a pod"),
  SLIPWAY_CONTACT_WEBHOOK: optionalUrl("the https URL that is told of contact requests"),
  SLIPWAY_CONTACT_WEBHOOK_SECRET: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, "must be whsec_ and 24 to 64 random bytes in base64").optional().describe("Signs what is sent to SLIPWAY_CONTACT_WEBHOOK"),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/, error: "must be the http or https URL of an OTLP collector, before /v1/traces" }).optional().describe("Where traces are sent (OTLP over HTTP, JSON); without it none are made"),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().max(4000).regex(/^([\w.-]+=([^,%]|%[0-9a-fA-F]{2})*(,|$))*$/, "must be name=value pairs, separated by commas, with a % as %25").default("").describe("Sent along with traces"),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0, "must be from 0 to 1").max(1, "must be from 0 to 1").default(1).describe("Share of traces that is kept"),
  SMTP_URL: z.string().regex(/^smtps?:\/\//, "must be smtp:// or smtps://").optional(),
}).superRefine((e, ctx) => {
  const oidc = [e.SLIPWAY_OIDC_ISSUER, e.SLIPWAY_OIDC_CLIENT_ID, e.SLIPWAY_OIDC_CLIENT_SECRET];
  if (oidc.some(Boolean) && !oidc.every(Boolean)) {
    ctx.addIssue({ code: "custom", path: ["SLIPWAY_OIDC_ISSUER"], message: "needs SLIPWAY_OIDC_ISSUER, SLIPWAY_OIDC_CLIENT_ID and SLIPWAY_OIDC_CLIENT_SECRET together" });
  }
  if (Boolean(e.SLIPWAY_CONTACT_WEBHOOK) !== Boolean(e.SLIPWAY_CONTACT_WEBHOOK_SECRET)) {
    ctx.addIssue({ code: "custom", path: ["SLIPWAY_CONTACT_WEBHOOK"], message: "needs SLIPWAY_CONTACT_WEBHOOK and SLIPWAY_CONTACT_WEBHOOK_SECRET together" });
  }
  if (e.PORT === e.GATEWAY_PORT) ctx.addIssue({ code: "custom", path: ["GATEWAY_PORT"], message: "must differ from PORT" });
  const loopback = ["127.0.0.1", "::1", "localhost"].includes(e.HOST);
  if (!loopback && !e.SLIPWAY_BASE_URL?.startsWith("https://") && e.SLIPWAY_INSECURE_HTTP !== "on") {
    ctx.addIssue({ code: "custom", path: ["HOST"], message: "is not loopback: set SLIPWAY_BASE_URL to an https URL (a TLS proxy in front), or SLIPWAY_INSECURE_HTTP=on to accept plain http" });
  }
});

export type Env = z.infer<typeof schema> & { baseUrl: string; gatewayUrl: string };

/** Parses an environment. Throws an Error whose message names each bad variable and what is expected of it; values are never repeated.
 * `part: "process"` is one of the processes, which is given the role that runs and not the one that owns the tables. */
export function parseEnv(source: Record<string, string | undefined>, part: "all" | "process" = "all"): Env {
  const known = Object.fromEntries(Object.keys(schema.shape).map((k) => [k, source[k] === "" ? undefined : source[k]]));
  const parsed = schema.safeParse(known);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((i) => `  ${i.path.join(".")} ${i.message}`);
    throw new Error(`Slipway cannot start with this environment:\n${lines.join("\n")}`);
  }
  if (part === "all" && parsed.data.DATABASE_URL && !parsed.data.DATABASE_MIGRATION_URL) {
    throw new Error("Slipway cannot start with this environment:\n  DATABASE_MIGRATION_URL must be set with DATABASE_URL: the role that owns the tables, apart from the role that runs");
  }
  const e = parsed.data;
  return {
    ...e,
    baseUrl: (e.SLIPWAY_BASE_URL ?? `http://127.0.0.1:${e.PORT}`).replace(/\/$/, ""),
    gatewayUrl: (e.SLIPWAY_GATEWAY_URL ?? `http://127.0.0.1:${e.GATEWAY_PORT}`).replace(/\/$/, ""),
  };
}

let cached: Env | undefined;
/** The validated environment of this process, parsed at first use. */
export function env(): Env {
  return (cached ??= parseEnv(process.env, "process"));
}

/** Local state, by folder below SLIPWAY_DATA_DIR. */
export const dataPath = (...parts: string[]) => path.join(env().SLIPWAY_DATA_DIR, ...parts);
