import { hash, verify } from "@node-rs/argon2";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { allowedOrigins } from "@/lib/net/allowed-hosts";
import { deriveKey } from "@/lib/secrets/instance-key";

/** Days without use, and days in all, after which a session ends. */
export const SESSION_IDLE_DAYS = 7;

function create() {
  const e = env();
  return betterAuth({
    appName: "Slipway",
    baseURL: e.baseUrl,
    basePath: "/api/auth",
    secret: deriveKey("better-auth").toString("base64"),
    trustedOrigins: [...allowedOrigins()],
    database: prismaAdapter(db(), { provider: "postgresql" }),
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true, // people come by set-up link, invitation or OIDC
      minPasswordLength: 12,
      maxPasswordLength: 256,
      password: { hash: (password) => hash(password), verify: ({ hash: stored, password }) => verify(stored, password) },
    },
    session: { expiresIn: SESSION_IDLE_DAYS * 86_400, updateAge: 86_400, cookieCache: { enabled: false } },
    advanced: {
      useSecureCookies: e.baseUrl.startsWith("https://"),
      cookiePrefix: e.baseUrl.startsWith("https://") ? "__Host-slipway" : "slipway",
    },
  });
}

let instance: ReturnType<typeof create> | undefined;
/** better-auth of this process: sessions and passwords. Tokens, roles and invitations are Slipway's own (lib/auth/*). */
export const auth = () => (instance ??= create());
