import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ENDPOINTS } from "@/lib/api/registry";
import { fill } from "./routes";
import { api, send, withoutId, world } from "./world";

const file = fs.readFileSync(path.resolve(import.meta.dirname, "../../node_modules/@ricky0123/vad-web/dist/silero_vad_v5.onnx"));
const upload = (project: string, model: string, headers: Record<string, string> = {}) =>
  send(`/api/v1/projects/${project}/models/${model}/versions?filename=silero.onnx`, { method: "POST", token: world().token, headers: { "content-type": "application/octet-stream", ...headers }, body: file });

describe("CVE-2025-55190, CVE-2023-40029, GHSA-2q5c, GHSA-3cqf: what one may not see could be told from what is not there", () => {
  it("a foreign project's name and an unknown one get the same bytes on every route", async () => {
    for (const e of ENDPOINTS.filter((candidate) => candidate.policy.kind === "project")) {
      const ask = (project: string) => send(fill(e.path, { project }), { method: e.method, cookie: world().deployerCookie, headers: { origin: world().base, "content-type": "application/json", "if-match": '"v1"' }, body: e.method === "GET" ? undefined : "{}" });
      const [foreign, unknown] = [await ask("island"), await ask("atlantis")];
      expect(foreign.status, e.id).toBe(404);
      expect(withoutId(foreign.text), e.id).toBe(withoutId(unknown.text));
      expect(Object.keys(foreign.headers).sort(), e.id).toEqual(Object.keys(unknown.headers).sort());
    }
  });

  it("the gateway as well: foreign, unknown and unknown project are one answer", async () => {
    const { json } = await api<{ token: string }>("POST", "/api/v1/tokens", { name: "predict", scopes: ["predict"] }, { cookie: world().deployerCookie });
    const ask = (p: string) => send(`/serve/${p}/v2/models/vad`, { base: world().gateway, token: json.token });
    const answers = [await ask("island/other"), await ask("island/none"), await ask("atlantis/none")].map((a) => `${a.status} ${withoutId(a.text)}`);
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^404/);
    expect((await ask("harbour/vad")).status).toBe(200);
  });

  it("lists, searches and live events name nothing of another project", async () => {
    for (const url of ["/api/v1/projects", "/api/v1/overview", "/api/v1/costs", "/api/v1/approvals", "/api/v1/alerts?state=all", "/api/v1/alerts/active", "/api/v1/alert-silences"]) {
      const answer = await api("GET", url, undefined, { cookie: world().deployerCookie });
      expect(answer.status, url).toBe(200);
      expect(answer.text.includes("island"), url).toBe(false);
    }
  });
});

describe("CVE-2022-29165, GO-2023-1520: a forged token was believed", () => {
  it("a JWT is no token here, signed or not, and neither is a token with one character changed", async () => {
    const b64 = (o: object) => Buffer.from(JSON.stringify(o)).toString("base64url");
    const claims = { sub: world().owner.id, aud: "slipway", iss: world().base, exp: 4102444800, role: "owner" };
    const forged = [`${b64({ alg: "none" })}.${b64(claims)}.`, `${b64({ alg: "HS256", typ: "JWT" })}.${b64(claims)}.${createHash("sha256").update("").digest("base64url")}`, `${world().token.slice(0, -1)}${world().token.endsWith("A") ? "B" : "A"}`, world().token.toUpperCase(), `${world().token} `, `x${world().token}`, "slp_", "null", "undefined"];
    for (const token of forged.filter((t) => t.trim() === t)) for (const base of [world().base, world().gateway]) {
      expect((await send(base === world().base ? "/api/v1/me" : "/serve/harbour/vad/v2/models/vad", { base, token })).status, token.slice(0, 20)).toBe(401);
    }
    for (const header of ["Basic YWRtaW46YWRtaW4=", `bearer`, `Token ${world().token}`, `Bearer ${world().token},x`]) expect((await send("/api/v1/me", { headers: { authorization: header } })).status, header.slice(0, 12)).toBe(401);
  });
});

describe("CVE-2026-88982: a cache answered one tenant with what another had stored", () => {
  it("one Idempotency-Key in two projects has two effects, and neither sees the other's answer", async () => {
    await fc.assert(fc.asyncProperty(fc.stringMatching(/^[!-~]{1,60}$/), async (key) => {
      const name = `m-${randomUUID().slice(0, 8)}`;
      const make = (project: string) => api("POST", `/api/v1/projects/${project}/models`, { name, displayName: project }, { headers: { "idempotency-key": key } });
      const [a, b] = [await make("harbour"), await make("island")];
      expect([a.status, b.status, a.json.displayName, b.json.displayName]).toEqual([201, 201, "harbour", "island"]);
      expect((await make("harbour")).text).toBe(a.text);
      for (const project of ["harbour", "island"]) expect((await api("DELETE", `/api/v1/projects/${project}/models/${name}`)).status).toBe(204);
    }), { numRuns: 10, seed: 20261127 });
  });

  it("one Idempotency-Key of two people is two keys", async () => {
    const key = randomUUID();
    const body = { name: `two-${key.slice(0, 8)}` };
    const mine = await api("POST", "/api/v1/projects/harbour/models", body, { headers: { "idempotency-key": key } });
    const theirs = await api("POST", "/api/v1/projects/harbour/models", body, { cookie: world().deployerCookie, headers: { "idempotency-key": key } });
    expect([mine.status, theirs.status]).toEqual([201, 409]);
    await api("DELETE", `/api/v1/projects/harbour/models/${body.name}`);
  });

  it("a file that another project has is answered exactly as one that nobody has, and each project keeps its own", async () => {
    const name = `dedupe-${randomUUID().slice(0, 8)}`;
    await api("POST", "/api/v1/projects/island/models", { name });
    const known = await upload("island", name); // harbour has these bytes
    expect(known.status).toBe(201);
    const shape = (text: string) => JSON.stringify(JSON.parse(text), (k, v: unknown) => (k === "createdAt" || k === "version" ? 0 : v));
    const again = await upload("island", name); // and now island itself has them
    expect(shape(again.text)).toBe(shape(known.text));
    expect((await api("DELETE", `/api/v1/projects/island/models/${name}`)).status).toBe(204);
    // Its own copy is gone; harbour's serves on.
    expect((await api("GET", "/api/v1/projects/harbour/models/vad/versions/1")).status).toBe(200);
    expect((await send("/serve/harbour/vad/v2/models/vad", { base: world().gateway, token: world().token })).status).toBe(200);
  });
});
