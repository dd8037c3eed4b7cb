import { betterAuth } from "better-auth";
import { APIError } from "better-auth/api";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { auditSignIn } from "@/lib/auth/audit-session";
import { hashPassword, verifyPassword } from "@/lib/auth/passwords";
import { SESSION_LIFETIME } from "@/lib/auth/session-lifetime";
import { db } from "@/lib/db/client";
import { env, type Env } from "@/lib/env";
import { allowedOrigins } from "@/lib/net/allowed-hosts";
import { guardGlobalFetch } from "@/lib/net/guard-global-fetch";
import { deriveKey } from "@/lib/secrets/instance-key";

/** Id of the single sign-on provider, in the path of its callback: /api/auth/callback/oidc */
export const OIDC_PROVIDER = "oidc";
/** Where serve-auth.ts puts the caller's vetted address. What a client sends under this name never reaches better-auth. */
export const CLIENT_ADDRESS_HEADER = "x-slipway-client-address";

// Tokens of the identity provider are never used after signing in, so they are never kept.
const withoutTokens = { accessToken: null, refreshToken: null, idToken: null, accessTokenExpiresAt: null, refreshTokenExpiresAt: null };

function create() {
  const e = env();
  const https = e.baseUrl.startsWith("https://");
  return betterAuth({
    appName: "Slipway",
    baseURL: e.baseUrl,
    basePath: "/api/auth",
    secret: deriveKey("better-auth").toString("base64"),
    trustedOrigins: [...allowedOrigins()],
    database: prismaAdapter(db(), { provider: "postgresql" }),
    telemetry: { enabled: false },
    logger: { disabled: true }, // it logs addresses and causes as free text; serve-auth.ts logs what failed
    rateLimit: { enabled: false }, // lib/auth/limit-sign-in.ts, shared by all processes
    onAPIError: { errorURL: "/sign-in" },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true, // people come by set-up link, invitation or single sign-on
      minPasswordLength: 12,
      maxPasswordLength: 256,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    account: { updateAccountOnSignIn: false, accountLinking: { enabled: true, trustedProviders: [] } },
    user: { changeEmail: { enabled: false }, deleteUser: { enabled: false } },
    // Absolute life here; idle life and last use in current-session.ts. The cookie is not refreshed, so it lives as long.
    session: { expiresIn: SESSION_LIFETIME.absoluteDays * 86_400, disableSessionRefresh: true, cookieCache: { enabled: false } },
    databaseHooks: {
      account: {
        create: { before: async (account) => {
          await refuseSecondIdentity(account);
          return { data: { ...account, ...withoutTokens } };
        } },
        update: { before: async (account) => ({ data: { ...account, ...withoutTokens } }) },
      },
      user: { create: { before: async (user) => refuseUnverified(user) } },
      session: { create: { before: async (session) => refuseDisabled(session.userId), after: auditSignIn } },
    },
    advanced: {
      // useSecureCookies would prepend "__Secure-"; the stronger "__Host-" is spelled out with what it demands.
      useSecureCookies: false,
      cookiePrefix: https ? "__Host-slipway" : "slipway",
      defaultCookieAttributes: { secure: https, httpOnly: true, sameSite: "lax", path: "/" },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
    plugins: oidc(e),
  });
}

function oidc(e: Env) {
  if (!e.SLIPWAY_OIDC_ISSUER || !e.SLIPWAY_OIDC_CLIENT_ID || !e.SLIPWAY_OIDC_CLIENT_SECRET) return [];
  // The library asks for discovery, keys and tokens by the global fetch, at addresses that the discovery document names.
  guardGlobalFetch([e.SLIPWAY_OIDC_ISSUER]);
  return [genericOAuth({
    config: [{
      providerId: OIDC_PROVIDER, name: e.SLIPWAY_OIDC_NAME,
      discoveryUrl: `${e.SLIPWAY_OIDC_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`,
      clientId: e.SLIPWAY_OIDC_CLIENT_ID, clientSecret: e.SLIPWAY_OIDC_CLIENT_SECRET,
      scopes: ["openid", "email", "profile"], pkce: true, requireIdTokenVerification: true, disableProviderLogout: true,
    }],
  })];
}

/** An invitation goes to whoever has its address here, so an address that the provider only took down from somebody makes no account. */
async function refuseUnverified(user: { emailVerified?: boolean }): Promise<void> {
  if (!user.emailVerified) throw new APIError("FORBIDDEN", { code: "EMAIL_NOT_VERIFIED", message: "The provider has not verified this e-mail address." });
}

/** Addresses are handed on when people leave. Who has signed in here is known by the provider's subject, and has one. */
async function refuseSecondIdentity(account: { userId: string; providerId: string }): Promise<void> {
  const known = await db().account.findFirst({ where: { userId: account.userId, providerId: account.providerId }, select: { id: true } });
  if (known) throw new APIError("FORBIDDEN", { code: "ACCOUNT_OF_ANOTHER", message: "This e-mail address belongs to the account of another identity." });
}

async function refuseDisabled(userId: string): Promise<void> {
  const user = await db().user.findUnique({ where: { id: userId }, select: { disabledAt: true } });
  if (!user || user.disabledAt) throw new APIError("FORBIDDEN", { code: "ACCOUNT_DISABLED", message: "This account is disabled. Ask an owner." });
}

let instance: ReturnType<typeof create> | undefined;
/** better-auth of this process: sessions, sign-in by password and by OIDC. Everything else is Slipway's own. */
export const auth = () => (instance ??= create());
