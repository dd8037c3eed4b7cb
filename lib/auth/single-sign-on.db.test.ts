import { randomUUID } from "node:crypto";
import { Agent, setGlobalDispatcher } from "undici";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { IdentityProvider, type Person } from "@/e2e/identity-provider/provider";
import { createTestDatabase, type TestDatabase } from "@/e2e/test-database";

// Single sign-on as it is configured, against a real OpenID Connect provider on loopback: its discovery, keys, codes and tokens.
const BASE = "https://slipway.test";
let database: TestDatabase;
let provider: IdentityProvider;
let slipway: Awaited<ReturnType<typeof load>>;

async function load(issuer: string) {
  vi.resetModules();
  Object.assign(process.env, { DATABASE_URL: database.appUrl, SLIPWAY_BASE_URL: BASE, SLIPWAY_OIDC_ISSUER: issuer, SLIPWAY_OIDC_CLIENT_ID: "slipway", SLIPWAY_OIDC_CLIENT_SECRET: "a secret of a test", SLIPWAY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64") });
  const [{ serveAuth }, { currentSession }, { db }, { pool }] = await Promise.all([import("@/lib/auth/serve-auth"), import("@/lib/auth/current-session"), import("@/lib/db/client"), import("@/lib/db/pool")]);
  return { serveAuth, currentSession, db, end: async () => { await db().$disconnect(); await pool().end(); } };
}

beforeAll(async () => {
  database = await createTestDatabase();
  provider = await IdentityProvider.start(`${BASE}/api/auth/callback/oidc`);
  slipway = await load(provider.issuer);
});
afterEach(() => slipway.db().$executeRaw`DELETE FROM rate_limit`);
afterAll(async () => {
  await slipway?.end();
  await provider?.stop();
  setGlobalDispatcher(new Agent());
  await database?.drop();
});

const person = (name: string, more: Partial<Person> = {}): Person => ({ sub: `sub-${name}`, email: `${name}@example.com`, email_verified: true, name, ...more });
const cookiesOf = (answer: Response) => answer.headers.getSetCookie().filter((c) => !/max-age=0/i.test(c)).map((c) => c.split(";")[0]!).join("; ");

type Started = { url: string; cookie: string };
async function start(): Promise<Started> {
  const answer = await slipway.serveAuth(new Request(`${BASE}/api/auth/sign-in/social`, { method: "POST", headers: { origin: BASE, "content-type": "application/json" }, body: JSON.stringify({ next: "/app/models" }) }));
  expect(answer.status, await answer.clone().text()).toBe(200);
  return { url: ((await answer.json()) as { url: string }).url, cookie: cookiesOf(answer) };
}
async function finish(callback: URL, cookie: string) {
  const answer = await slipway.serveAuth(new Request(callback, { headers: cookie ? { cookie } : {} }));
  const session = answer.headers.getSetCookie().find((c) => c.includes("session_token=") && !/max-age=0/i.test(c));
  return { location: answer.headers.get("location") ?? "", session, user: session ? await slipway.currentSession(new Headers({ cookie: session.split(";")[0]! })) : null };
}
async function signIn(who: Person, cookie = "") {
  const begun = await start();
  return finish(await provider.signIn(begun.url, who), [begun.cookie, cookie].filter(Boolean).join("; "));
}
const refused = (end: Awaited<ReturnType<typeof finish>>) => {
  expect(end.session).toBeUndefined();
  expect(end.location).toMatch(/^\/sign-in\?error=\w+$/);
  return end.location.split("=")[1];
};
/** Somebody who came by an invitation, with a password. */
const local = (name: string, emailVerified = true) => slipway.db().user.create({ data: { id: randomUUID(), name, email: `${name}@example.com`, emailVerified } });

describe("single sign-on against a real provider", () => {
  it("signs somebody in, with PKCE, state and nonce, and keeps none of the provider's tokens", async () => {
    const begun = new URL((await start()).url);
    for (const name of ["state", "nonce", "code_challenge"]) expect(begun.searchParams.get(name), name).toMatch(/^[\w-]{20,}$/);
    expect(begun.searchParams.get("code_challenge_method")).toBe("S256");
    const end = await signIn(person("ada"));
    expect([end.location, end.user?.userName]).toEqual(["/app/models", "ada"]);
    const account = await slipway.db().account.findFirstOrThrow({ where: { accountId: "sub-ada" } });
    expect([account.accessToken, account.refreshToken, account.idToken]).toEqual([null, null, null]);
    const user = await slipway.db().user.findUniqueOrThrow({ where: { email: "ada@example.com" }, include: { memberships: true } });
    expect([user.instanceRole, user.memberships]).toEqual([null, []]);
  });

  it("sets the session's cookie as an https site must: __Host-, Secure, HttpOnly, SameSite, no Domain", async () => {
    const { session } = await signIn(person("host"));
    expect(session).toMatch(/^__Host-slipway\.session_token=/);
    for (const part of [/; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Path=\/(;|$)/i]) expect(session).toMatch(part);
    expect(session).not.toMatch(/Domain=/i);
  });

  it("gives a new session id each time, and the one before it ends", async () => {
    const first = await signIn(person("fix"));
    const old = first.session!.split(";")[0]!;
    const second = await signIn(person("fix"), old);
    expect(second.user!.id).not.toBe(first.user!.id);
    expect(await slipway.currentSession(new Headers({ cookie: old }))).toBeNull();
  });

  it("refuses a state that is wrong, missing, used before, or of another browser", async () => {
    const begun = await start();
    const callback = await provider.signIn(begun.url, person("state"));
    const other = await start();
    const forged = new URL(callback);
    forged.searchParams.set("state", new URL(other.url).searchParams.get("state")!);
    refused(await finish(forged, begun.cookie));
    refused(await finish(callback, other.cookie));
    refused(await finish(callback, ""));
    const without = new URL(callback);
    without.searchParams.delete("state");
    refused(await finish(without, begun.cookie));
    expect(await slipway.db().user.count({ where: { email: "state@example.com" } })).toBe(0);
    const again = await start();
    const once = await provider.signIn(again.url, person("twice"));
    expect((await finish(once, again.cookie)).user).not.toBeNull();
    refused(await finish(once, again.cookie));
  });

  it("refuses an ID token of another nonce", async () => {
    const begun = await start();
    const url = new URL(begun.url);
    url.searchParams.set("nonce", "of-another-sign-in-that-was-recorded");
    refused(await finish(await provider.signIn(url.href, person("nonce")), begun.cookie));
    expect(await slipway.db().user.count({ where: { email: "nonce@example.com" } })).toBe(0);
  });

  it.each(["unsigned", "changed after signing", "signed by another key", "signed with the client's secret", "for another client", "over already"])("refuses an ID token that is %s", async (how) => {
    const begun = await start();
    const callback = await provider.signIn(begun.url, person("forged"));
    await fetch(`${provider.issuer}/forge?how=${encodeURIComponent(how)}`);
    refused(await finish(callback, begun.cookie));
    expect(await slipway.db().user.count({ where: { email: "forged@example.com" } })).toBe(0);
  });

  it("refuses a code of another verifier, one that never was, and one that has expired", async () => {
    const begun = await start();
    const other = await start();
    const stolen = await provider.signIn(other.url, person("code"));
    const mixed = new URL(await provider.signIn(begun.url, person("code")));
    mixed.searchParams.set("code", stolen.searchParams.get("code")!);
    refused(await finish(mixed, begun.cookie));
    const third = await start();
    const invented = await provider.signIn(third.url, person("code"));
    invented.searchParams.set("code", "never-was");
    refused(await finish(invented, third.cookie));
    const late = await start();
    const expired = await provider.signIn(late.url, person("code"));
    await provider.later(61);
    refused(await finish(expired, late.cookie));
    await provider.later(-61);
    expect(await slipway.db().user.count({ where: { email: "code@example.com" } })).toBe(0);
  });

  it("refuses an answer that names another issuer", async () => {
    const begun = await start();
    const callback = await provider.signIn(begun.url, person("mixed"));
    expect(callback.searchParams.get("iss")).toBe(provider.issuer);
    callback.searchParams.set("iss", "https://evil.example");
    expect(refused(await finish(callback, begun.cookie))).toBe("issuer_mismatch");
  });

  it("passes the provider's own refusal on as a word", async () => {
    const begun = await start();
    const state = new URL(begun.url).searchParams.get("state")!;
    expect(refused(await finish(new URL(`${BASE}/api/auth/callback/oidc?error=access_denied&state=${state}&iss=${encodeURIComponent(provider.issuer)}`), begun.cookie))).toBe("access_denied");
  });
});

describe("whom single sign-on takes for whom", () => {
  it("makes no account for an address the provider has not verified: an invitation to it would go to a stranger", async () => {
    expect(refused(await signIn(person("boss", { email_verified: false })))).toBe("EMAIL_NOT_VERIFIED");
    expect(await slipway.db().user.count({ where: { email: "boss@example.com" } })).toBe(0);
  });

  it("joins somebody who was invited, by an address both sides have verified", async () => {
    const invited = await local("grace");
    expect((await signIn(person("grace"))).user?.userId).toBe(invited.id);
  });

  it("does not join where one side has not verified the address", async () => {
    await local("unsure", false);
    expect(refused(await signIn(person("unsure")))).toBe("account_not_linked");
    await local("claimed");
    expect(refused(await signIn(person("claimed", { email_verified: false })))).toBe("account_not_linked");
    expect(await slipway.db().account.count({ where: { accountId: { in: ["sub-unsure", "sub-claimed"] } } })).toBe(0);
  });

  it("knows somebody by the provider's subject, not by the address: a changed one is the same person", async () => {
    const first = await signIn(person("moves"));
    const later = await signIn(person("moves", { email: "moved@example.com" }));
    expect(later.user?.userId).toBe(first.user!.userId);
  });

  it("does not give an address that was handed to somebody else the account of who had it before", async () => {
    await signIn(person("leaver"));
    expect(refused(await signIn(person("newcomer", { email: "leaver@example.com" })))).toBe("ACCOUNT_OF_ANOTHER");
    expect(await slipway.db().account.count({ where: { accountId: "sub-newcomer" } })).toBe(0);
  });

  it("lets nobody in who is disabled", async () => {
    const { user } = await signIn(person("gone"));
    await slipway.db().user.update({ where: { id: user!.userId }, data: { disabledAt: new Date() } });
    expect(refused(await signIn(person("gone")))).toBe("ACCOUNT_DISABLED");
  });
});

describe("a provider that is not whom it says it is", () => {
  it.each(["/liar", "/borrowed"])("is not signed in with: discovery at %s", async (path) => {
    const honest = slipway;
    slipway = await load(provider.issuer + path);
    try {
      const answer = await slipway.serveAuth(new Request(`${BASE}/api/auth/sign-in/social`, { method: "POST", headers: { origin: BASE, "content-type": "application/json" }, body: "{}" }));
      if (answer.status !== 200) return expect(answer.status).toBe(502);
      const url = ((await answer.json()) as { url: string }).url;
      refused(await finish(await provider.signIn(url, person(`led${path.slice(1)}`)), cookiesOf(answer)));
      expect(await slipway.db().user.count({ where: { name: { startsWith: "led" } } })).toBe(0);
    } finally {
      slipway = honest;
    }
  });
});
