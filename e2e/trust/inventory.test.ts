import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { builtRoutes, ENDPOINTS, fill, isPublicPage, ROUTE_EXCEPTIONS } from "./routes";
import { api, send, world } from "./world";

const root = path.resolve(import.meta.dirname, "../..");

describe("CVE-2026-2652, 2026-0545: routes of a second framework had no check", () => {
  it("what the build serves is what is listed with a policy, no more and no less", () => {
    const template = (p: string) => p.replace(/\[(\w+)\]/g, "{$1}");
    const handlers = builtRoutes(world().buildDir).handlers.map(template);
    const listed = [...new Set(ENDPOINTS.map((e) => e.path)), ...ROUTE_EXCEPTIONS.map((e) => template(e.path))];
    const fixed = handlers.filter((h) => /^\/(icon\.svg|favicon\.ico|robots\.txt|sitemap\.xml|manifest\.webmanifest|opengraph-image.*|apple-icon.*)$/.test(h));
    expect(handlers.filter((h) => !fixed.includes(h)).sort()).toEqual(listed.sort());
    for (const e of ENDPOINTS) expect(e.policy.kind, e.id).toMatch(/^(public|pod|signed-in|session|instance|project)$/);
  });

  it("every page is public by name, or leads a stranger to /sign-in", async () => {
    for (const page of builtRoutes(world().buildDir).pages.filter((p) => !isPublicPage(p))) {
      const answer = await send(fill(page));
      expect([answer.status, answer.headers.location?.split("?")[0]], page).toEqual([307, "/sign-in"]);
    }
  });

  it("no second way in: the build has no pages router, no middleware and no edge function", () => {
    const server = path.join(world().buildDir, "server");
    const pages = JSON.parse(fs.readFileSync(path.join(server, "pages-manifest.json"), "utf8")) as Record<string, string>;
    expect(Object.keys(pages).filter((p) => !/^\/(404|500|_error|_app|_document)$/.test(p))).toEqual([]);
    const middleware = JSON.parse(fs.readFileSync(path.join(server, "middleware-manifest.json"), "utf8")) as { middleware: object; functions: object };
    expect([Object.keys(middleware.middleware), Object.keys(middleware.functions)]).toEqual([[], []]);
    for (const name of ["proxy.ts", "middleware.ts", "src/middleware.ts"]) expect(fs.existsSync(path.join(root, name)), name).toBe(false);
  });
});

describe("CVE-2026-2635: a default password", () => {
  it("the first boot made no account: every person came by a link, and no password is in the source", async () => {
    const { json } = await api<{ items: { email: string }[] }>("GET", "/api/v1/users");
    expect(json.items.map((u) => u.email).filter((email) => ["ada@example.com", "mia@example.com"].includes(email)).sort()).toEqual(["ada@example.com", "mia@example.com"]);
    const client = new pg.Client(world().appUrl);
    await client.connect();
    try {
      // The audit log names how each account came to be; none was made by the system.
      const { rows } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM "User" u WHERE NOT EXISTS (SELECT 1 FROM "AuditEntry" a WHERE a."subjectId" = u.id OR a."actorId" = u.id)`);
      expect(rows[0]!.n).toBe("0");
    } finally {
      await client.end();
    }
    for (const password of ["admin", "password", "slipway", "changeme", "admin123456789", "password1234"]) {
      for (const email of ["admin@example.com", "owner@example.com", "admin@slipway.dev", "root@localhost.localdomain"]) {
        const answer = await send("/api/auth/sign-in/email", { method: "POST", headers: { origin: world().base, "content-type": "application/json" }, body: JSON.stringify({ email, password }) });
        expect(answer.status).toBe(401);
      }
    }
  });

  it("each installation makes its own secrets: none is shared with the source, and a weak bootstrap token is refused", () => {
    for (const value of Object.values(world().canaries).filter((v) => v !== world().password)) {
      for (const file of ["lib/env.ts", "README.md", "docs/architecture.md"]) expect(fs.readFileSync(path.join(root, file), "utf8")).not.toContain(value);
    }
    expect(() => parseEnv({ SLIPWAY_BOOTSTRAP_TOKEN: "short" })).toThrow(/SLIPWAY_BOOTSTRAP_TOKEN/);
    expect(() => parseEnv({ SLIPWAY_BOOTSTRAP_TOKEN: randomBytes(32).toString("hex") })).not.toThrow();
    expect(() => parseEnv({ HOST: "0.0.0.0" })).toThrow(/loopback/);
  });
});
