import { describe, expect, it } from "vitest";
import { apiRoutes } from "./routes";
import { api, send, world } from "./world";

describe("CVE-2026-27978: Origin null passed a check of the origin", () => {
  const foreign: Record<string, string>[] = [
    { origin: "null" }, { origin: "https://evil.example" }, { origin: "http://127.0.0.1" }, { origin: "http://127.0.0.1:1" }, { "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }, {},
    { origin: "" }, { origin: "http://127.0.0.1.evil.example" }, { origin: "null", "sec-fetch-site": "same-origin" },
  ];

  it("a change with the session's cookie counts only from our own pages, on every route that changes something", async () => {
    for (const route of apiRoutes().filter((r) => r.method !== "GET" && !r.public)) {
      for (const headers of foreign) {
        const answer = await send(route.path, { method: route.method, cookie: world().ownerCookie, headers: { "content-type": "application/json", ...headers }, body: "{}" });
        expect(answer.status, `${route.method} ${route.path} ${JSON.stringify(headers)}`).toBe(route.pod ? 401 : 403);
        expect(answer.text).toContain(route.pod ? "unauthenticated" : "origin_refused");
      }
    }
  });

  it("our own page's passes, so the refusals above are about the origin", async () => {
    expect((await api("PATCH", "/api/v1/me", { name: "Ada Lovelace" }, { cookie: world().ownerCookie })).status).toBe(200);
  });

  it("a form of another site cannot carry a body: anything but JSON is 415", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain; application/json", ""]) {
      const answer = await send("/api/v1/projects", { method: "POST", token: world().token, headers: type ? { "content-type": type } : {}, body: '{"name":"cross-site"}' });
      expect(answer.status, type).toBe(415);
    }
    expect((await api("GET", "/api/v1/projects/cross-site")).status).toBe(404);
  });

  it("the contact form, which takes a plain form post, takes it from our own pages alone", async () => {
    for (const headers of foreign) {
      const answer = await send("/contact/send", { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", ...headers }, body: "name=x" });
      expect(answer.status, JSON.stringify(headers)).toBe(403);
    }
    expect((await send("/contact/send", { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", origin: world().base }, body: "name=x" })).status).toBe(400);
  });

  it("a cookie is sent by the browser on no cross-site post, and is out of reach of scripts", async () => {
    const answer = await send("/api/auth/sign-in/email", { method: "POST", headers: { origin: world().base, "content-type": "application/json" }, body: JSON.stringify({ email: world().owner.email, password: world().password }) });
    for (const cookie of answer.headers["set-cookie"]!) {
      expect(cookie).toMatch(/; HttpOnly/i);
      expect(cookie).toMatch(/; SameSite=Lax/i);
      expect(cookie).not.toMatch(/Domain=/i);
    }
  });
});
