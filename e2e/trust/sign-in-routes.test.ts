import { openBrowser } from "./browser";
import { describe, expect, it } from "vitest";
import { api, send, world } from "./world";

/** What better-auth and its plug-ins have had under their path; only four calls may be let through to it. */
const ROUTES = [
  "sign-up/email", "update-user", "delete-user", "delete-user/callback", "change-email", "change-password", "set-password", "request-password-reset", "forget-password", "reset-password", "reset-password/x", "verify-email", "send-verification-email",
  "get-session", "list-sessions", "revoke-session", "revoke-sessions", "revoke-other-sessions", "refresh-token", "get-access-token", "account-info", "link-social", "unlink-account", "list-accounts", "update-session",
  "api-key/create", "api-key/update", "api-key/delete", "api-key/list", "api-key/get", "api-key/verify", "device/code", "device/token", "device/approve", "device", "admin/create-user", "admin/set-role", "admin/impersonate-user", "admin/list-users",
  "admin/set-user-password", "organization/create", "magic-link/verify", "sign-in/magic-link", "sign-in/username", "sign-in/anonymous", "sign-in/oauth2", "oauth2/callback/oidc", "oauth2/link", "one-time-token/generate", "jwks", "token", "mcp/register", "oauth2/register",
  "sso/register", "passkey/generate-register-options", "two-factor/enable", "multi-session/set-active", "ok", "error", "reference", "open-api/generate-schema", ".well-known/openid-configuration", "callback/google", "callback/evil",
];

describe("CVE-2025-61928, CVE-2026-45337: routes of the sign-in library that believed what a stranger sent", () => {
  it("none of them is there, whatever user is named, by any method, with or without a session", async () => {
    const victim = { userId: world().owner.id, id: world().owner.id, user: { id: world().owner.id }, email: world().owner.email, name: "x", newPassword: "correct horse battery", password: "correct horse battery", role: "admin", token: "x" };
    for (const route of ROUTES) {
      for (const method of ["GET", "POST"]) {
        for (const cookie of [undefined, world().deployerCookie]) {
          const answer = await send(`/api/auth/${route}?userId=${world().owner.id}&id=${world().owner.id}`, {
            method, cookie, headers: { origin: world().base, ...(method === "POST" ? { "content-type": "application/json" } : {}) }, body: method === "POST" ? JSON.stringify(victim) : undefined,
          });
          expect([401, 404], `${method} ${route} ${answer.text.slice(0, 100)}`).toContain(answer.status);
          expect(answer.headers["set-cookie"], route).toBeUndefined();
        }
      }
    }
    expect((await api("GET", "/api/v1/me", undefined, { cookie: world().ownerCookie })).status).toBe(200);
  });

  it("a token is made for its maker alone: a user named in the body is refused", async () => {
    for (const extra of [{ userId: world().owner.id }, { user: world().owner.id }, { instanceRole: "owner" }]) {
      expect((await api("POST", "/api/v1/tokens", { name: "x", scopes: ["read"], ...extra }, { cookie: world().deployerCookie })).status).toBe(400);
      expect((await api("POST", "/api/v1/tokens", { name: "x", scopes: ["read"], ...extra }, { token: "slp_nobody" })).status).toBe(401);
    }
  });
});

const EVIL = [
  "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "\t//evil.example", "/\t/evil.example", "/%09/evil.example", "%2f%2fevil.example", "/%2fevil.example", "/%2f%2fevil.example", "/%5cevil.example", "https:evil.example", "https:/evil.example",
  "https://evil.example", "http://evil.example@127.0.0.1", "javascript:alert(document.domain)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "blob:https://evil.example/x", "/app/..//evil.example", "/.//evil.example", "/app/%2e%2e//evil.example",
  "/@evil.example", "//127.0.0.1:PORT@evil.example", "/\n/evil.example", "/\r\nlocation: https://evil.example", "https://127.0.0.1.evil.example", "//evil%E3%80%82example", "/／evil.example", "/?next=//evil.example#//evil.example", "/sign-in?next=//evil.example", "/app?x=//evil.example",
].map((u) => u.replace("PORT", "1"));

describe("CVE-2024-56734, 2025-27143, 2025-71403, 2026-67333, 2026-107369: a sign-in led to another site", () => {
  it("in Chromium, the place one ends at after signing in is always ours, and nothing runs", { timeout: 300_000 }, async () => {
    const browser = await openBrowser();
    const origin = new URL(world().base).origin;
    try {
      const context = await browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": "198.51.100.7" } });
      const page = await context.newPage();
      const asked: string[] = [];
      let dialogs = 0;
      await context.route((url) => /evil/.test(url.host), (route) => { asked.push(route.request().url()); return route.abort(); });
      page.on("dialog", (dialog) => { dialogs++; void dialog.dismiss(); });
      for (const next of EVIL) {
        // Already signed in: the page sends one on by itself, which is the same code as after the form.
        await context.addCookies([{ name: world().ownerCookie.split("=")[0]!, value: world().ownerCookie.slice(world().ownerCookie.indexOf("=") + 1), url: world().base }]);
        await page.goto(`${world().base}/sign-in?next=${encodeURIComponent(next)}`, { waitUntil: "commit" }).catch((error: Error) => { throw new Error(`${next}: ${error.message}`); });
        await page.waitForURL((url) => url.pathname !== "/sign-in");
        expect(new URL(page.url()).origin, next).toBe(origin);
        await context.clearCookies();
      }
      // And by the form itself, for those that a script would have to follow.
      for (const next of ["javascript:alert(document.domain)", "//evil.example", "/\\evil.example", "/%09/evil.example"]) {
        await page.goto(`${world().base}/sign-in?next=${encodeURIComponent(next)}`);
        await page.getByLabel("E-mail").fill(world().owner.email);
        await page.getByLabel("Password", { exact: true }).fill(world().password);
        await page.keyboard.press("Enter");
        await page.waitForURL((url) => url.pathname !== "/sign-in");
        expect(new URL(page.url()).origin, next).toBe(origin);
        await context.clearCookies();
      }
      expect([asked, dialogs]).toEqual([[], 0]);
    } finally {
      await browser.close();
    }
  });

  it("single sign-on takes no address from the caller: neither its start nor its end can be led away", async () => {
    for (const next of EVIL) {
      const end = await send(`/api/auth/callback/oidc?error=x&state=y&callbackURL=${encodeURIComponent(next)}&redirectTo=${encodeURIComponent(next)}&error_description=${encodeURIComponent(next)}`);
      expect(end.status).toBe(302);
      const location = new URL(end.headers.location!, world().base);
      expect([location.origin, location.pathname], next).toEqual([world().base, "/sign-in"]);
    }
  });
});

