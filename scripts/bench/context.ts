import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { Instance } from "@/e2e/process/instance";
import { DATABASE, databaseUrl, loadPasswords, loadPort, OWNER_ROLE } from "@/lib/db/embedded/settings";

/** One measured ratio or difference. `values` are the raw medians, by name, with their unit. */
export type Result = { name: string; value: number; unit: string; goal: string; met: boolean; values: Record<string, string>; note?: string };
export type Bench = { slipway: Instance; pool: pg.Pool; cookie: string; quick: boolean; rounds: number; scratch: string };

export const median = (values: number[]) => quantile(values, 0.5);
export function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? NaN;
}

export const PROJECT = "bench";
const PERSON = { name: "Bench", email: "bench@example.com", password: "a-long-bench-password-1749" };

/** Starts a whole Slipway in a directory of its own, with an owner, a project and a connection to its database. */
export async function open(quick: boolean): Promise<Bench> {
  const slipway = await Instance.start();
  try {
    const web = webPid(slipway);
    const environ = Object.fromEntries(fs.readFileSync(`/proc/${web}/environ`, "utf8").split("\0").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
    // What the reconciler measured in this process reads: the same database and data directory as the worker's.
    for (const name of ["DATABASE_URL", "SLIPWAY_DATA_DIR", "PORT", "GATEWAY_PORT"]) process.env[name] = environ[name];
    // The owner's connection, which no process of the product but the supervisor has: seeding analyses tables.
    const home = path.join(slipway.dataDir, "postgres");
    const pool = new pg.Pool({ connectionString: databaseUrl(OWNER_ROLE, loadPasswords(home).owner, loadPort(home)!, DATABASE), max: 4 });
    pool.on("error", () => undefined);
    await slipway.must("POST", "/api/v1/projects", { name: PROJECT, quotaBytes: 200 * 1024 ** 3 });
    const token = fs.readFileSync(path.join(slipway.dataDir, "run/setup-link"), "utf8").trim().replace(/^.*#(token=)?/, "");
    const post = (url: string, body: object) => fetch(slipway.base + url, { method: "POST", headers: { "content-type": "application/json", origin: slipway.base }, body: JSON.stringify(body) });
    const made = await post("/api/v1/setup", { token, ...PERSON });
    const signedIn = await post("/api/auth/sign-in/email", { email: PERSON.email, password: PERSON.password });
    if (!signedIn.ok) throw new Error(`no session: set-up ${made.status}, sign-in ${signedIn.status} ${await signedIn.text()}`);
    const cookie = signedIn.headers.getSetCookie().map((c) => c.split(";")[0]).join("; ");
    return { slipway, pool, cookie, quick, rounds: quick ? 3 : 5, scratch: fs.mkdtempSync(path.join(slipway.dir, "scratch-")) };
  } catch (error) {
    await slipway.dispose();
    throw error;
  }
}

export function webPid(slipway: Instance): number {
  const found = slipway.processes().find((p) => /dist\/web\.mjs/.test(p.command));
  if (!found) throw new Error("the web process was not found");
  return found.pid;
}
