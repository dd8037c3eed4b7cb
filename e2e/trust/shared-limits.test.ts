import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { REQUESTS_PER_MINUTE } from "@/lib/api/rate-limit";
import { SIGN_IN_PER_MINUTE } from "@/lib/auth/limit-sign-in";
import { DATABASE, databaseUrl, loadPasswords, loadPort, OWNER_ROLE } from "@/lib/db/embedded/settings";
import { api, send, world } from "./world";
import { freePort } from "@/lib/net/free-ports";

// Limits count in the database, so a second web process beside the first must not double them.
const started: ChildProcess[] = [];
let second: string;
let unproxied: string;

/** One more web process of the running instance, on a port of its own. */
async function anotherWeb(env: Record<string, string>): Promise<string> {
  const first = fs.readdirSync("/proc").filter((p) => /^\d+$/.test(p)).find((p) => {
    try {
      return /dist\/web\.mjs/.test(fs.readFileSync(`/proc/${p}/cmdline`, "latin1")) && fs.readFileSync(`/proc/${p}/environ`, "latin1").split("\0").includes(`SLIPWAY_DATA_DIR=${world().dataDir}`);
    } catch {
      return false;
    }
  });
  const environ = Object.fromEntries(fs.readFileSync(`/proc/${first}/environ`, "utf8").split("\0").filter(Boolean).map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
  const port = await freePort();
  const root = path.resolve(import.meta.dirname, "../..");
  started.push(spawn(process.execPath, [path.join(root, "dist/web.mjs")], { cwd: root, stdio: ["pipe", "ignore", "ignore"], env: { ...environ, ...env, NODE_ENV: "production", PORT: String(port) } }));
  const base = `http://127.0.0.1:${port}`;
  await vi.waitFor(async () => {
    if ((await fetch(`${base}/readyz`)).status !== 200) throw new Error("the second web process is not ready");
  }, { timeout: 60_000, interval: 250 });
  return base;
}

beforeAll(async () => {
  [second, unproxied] = await Promise.all([anotherWeb({}), anotherWeb({ SLIPWAY_TRUSTED_PROXIES: "" })]);
});
afterAll(() => started.forEach((child) => child.kill("SIGKILL")));

const signIn = (base: string, email: string, from: string) => send("/api/auth/sign-in/email", {
  base, method: "POST", body: JSON.stringify({ email, password: "not the password" }), headers: { "content-type": "application/json", origin: base, "x-forwarded-for": from },
});
const count = (answers: { status: number }[], status: number) => answers.filter((a) => a.status === status).length;

describe("limits over two web processes", () => {
  it("of signing in let no more attempts through than one process would, and say when to come back", async () => {
    const bases = [world().base, second];
    const answers = await Promise.all(Array.from({ length: SIGN_IN_PER_MINUTE.account + 6 }, (_, i) => signIn(bases[i % 2]!, "limits@example.com", "203.0.113.70")));
    expect([count(answers, 401), count(answers, 429)]).toEqual([SIGN_IN_PER_MINUTE.account, 6]);
    for (const a of answers.filter((each) => each.status === 429)) expect(Number(a.headers["retry-after"])).toBeGreaterThan(0);
  });

  it("of reading without a token let through no more than one process would", async () => {
    const bases = [world().base, second];
    const answers: { status: number }[] = [];
    for (let sent = 0; sent < REQUESTS_PER_MINUTE.anonymous + 20; sent += 40) {
      answers.push(...(await Promise.all(Array.from({ length: 40 }, (_, i) => send("/api/v1/setup", { base: bases[i % 2]!, headers: { "x-forwarded-for": "203.0.113.71" } })))));
    }
    expect(count(answers, 200)).toBe(REQUESTS_PER_MINUTE.anonymous);
    expect(count(answers, 429)).toBe(answers.length - REQUESTS_PER_MINUTE.anonymous);
  });

  it("are not evaded by an invented X-Forwarded-For: neither where no proxy is trusted, nor in front of a trusted one's entry", async () => {
    const invented = (i: number) => `192.0.2.${i + 1}`;
    const straight = await Promise.all(Array.from({ length: SIGN_IN_PER_MINUTE.account + 4 }, (_, i) => signIn(unproxied, "spoof@example.com", invented(i))));
    expect([count(straight, 401), count(straight, 429)]).toEqual([SIGN_IN_PER_MINUTE.account, 4]);
    const proxied = await Promise.all(Array.from({ length: SIGN_IN_PER_MINUTE.account + 4 }, (_, i) => signIn(second, "spoof@example.com", `${invented(i)}, 203.0.113.72`)));
    expect([count(proxied, 401), count(proxied, 429)]).toEqual([SIGN_IN_PER_MINUTE.account, 4]);
  });
});

describe("limits that cannot be counted", () => {
  it("close signing in, on every process, and leave reading open", async () => {
    const home = path.join(world().dataDir, "postgres");
    const owner = new pg.Client({ connectionString: databaseUrl(OWNER_ROLE, loadPasswords(home).owner, loadPort(home)!, DATABASE) });
    await owner.connect();
    await owner.query("ALTER TABLE rate_limit RENAME TO rate_limit_away");
    try {
      for (const base of [world().base, second]) {
        const refused = await signIn(base, world().owner.email, "203.0.113.73");
        expect([refused.status, JSON.parse(refused.text).code, Number(refused.headers["retry-after"]) > 0]).toEqual([503, "not_ready", true]);
        expect((await api("GET", "/api/v1/projects", undefined, { base })).status).toBe(200);
        expect((await send("/api/v1/setup", { base })).status).toBe(200);
      }
    } finally {
      await owner.query("ALTER TABLE rate_limit_away RENAME TO rate_limit");
      await owner.end();
    }
    expect((await signIn(second, world().owner.email, "203.0.113.73")).status).toBe(401);
  });
});
