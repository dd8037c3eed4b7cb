import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "@/lib/net/free-ports";

const repository = path.resolve(import.meta.dirname, "../..");
let folder: string;
let dataDir: string;
let ports: [number, number];
const started: ChildProcess[] = [];

/** Bundles that answer like the real ones and end like them; `web` also says which database role it was given. */
const PROGRAM = (name: string) => `
import http from "node:http";
const port = process.env[${JSON.stringify(name === "web" ? "PORT" : "GATEWAY_PORT")}];
${name === "worker" ? "setInterval(() => {}, 1000);" : `http.createServer((q, s) => s.end(String(process.pid))).listen(port, "127.0.0.1");`}
console.log("role " + new URL(process.env.DATABASE_URL).username);
process.on("SIGTERM", () => process.exit(0));
process.stdin.on("end", () => process.exit(0)).resume();
`;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-supervisor-")); // 0700: as root, another account cannot look inside
  dataDir = path.join(folder, "data");
  fs.mkdirSync(path.join(folder, "dist"));
  fs.mkdirSync(path.join(folder, "prisma/migrations/1_first"), { recursive: true });
  fs.writeFileSync(path.join(folder, "prisma/migrations/1_first/migration.sql"), "CREATE TABLE t (id int);");
  for (const name of ["web", "worker", "gateway"]) fs.writeFileSync(path.join(folder, "dist", `${name}.mjs`), PROGRAM(name));
  ports = [await freePort(), await freePort()];
});
afterEach(async () => {
  for (const pid of processesOf(dataDir)) process.kill(pid, "SIGKILL");
  for (const child of started.splice(0)) child.kill("SIGKILL");
  await until(() => processesOf(dataDir).length === 0);
  fs.rmSync(folder, { recursive: true, force: true });
});

describe("the supervisor", () => {
  it("brings everything up, and Ctrl-C to the whole group takes everything down, the database last and clean", async () => {
    const up = run();
    await up.says("ready");
    expect(up.text()).toContain("web: role slipway_app");
    expect(processesOf(dataDir).length).toBeGreaterThanOrEqual(5); // itself, three processes, PostgreSQL
    process.kill(-(up.child.pid as number), "SIGINT");
    expect(await up.exit()).toBe(0);
    expect(processesOf(dataDir)).toEqual([]);
    expect(fs.readFileSync(path.join(dataDir, "postgres/server.log"), "utf8")).toContain("database system is shut down");
    expect(fs.existsSync(path.join(dataDir, "run/supervisor.lock"))).toBe(false);
  });

  it("starts again after kill -9 of every process, with no orphan and nothing doubled", async () => {
    const first = run();
    await first.says("ready");
    for (const pid of processesOf(dataDir)) process.kill(pid, "SIGKILL");
    await until(() => processesOf(dataDir).length === 0);
    const second = run();
    await second.says("ready");
    expect(second.text()).toMatch(/Migrations .*nothing to do/);
    expect(processesOf(dataDir).filter((pid) => command(pid).includes("dist/"))).toHaveLength(3);
    second.child.kill("SIGINT");
    expect(await second.exit()).toBe(0);
  });

  it("when it alone is killed its processes end by themselves, and the next start takes the database over", async () => {
    const first = run();
    await first.says("ready");
    first.child.kill("SIGKILL");
    await until(() => processesOf(dataDir).every((pid) => command(pid).includes("postgres")));
    const second = run();
    await second.says("ready");
    expect(second.text()).toContain("found running");
    second.child.kill("SIGINT");
    expect(await second.exit()).toBe(0);
    expect(processesOf(dataDir)).toEqual([]);
  });

  it("starts a killed process and a killed database again, at the same address", async () => {
    const up = run();
    await up.says("ready");
    const before = await (await fetch(`http://127.0.0.1:${ports[0]}/`)).text();
    process.kill(Number(before), "SIGKILL");
    await until(async () => (await fetch(`http://127.0.0.1:${ports[0]}/`).then((r) => r.text()).catch(() => before)) !== before);
    const database = processesOf(dataDir).find((pid) => command(pid).includes("bin/postgres")) as number;
    process.kill(database, "SIGKILL");
    await up.says("PostgreSQL runs again");
    up.child.kill("SIGINT");
    expect(await up.exit()).toBe(0);
  });

  it("refuses a second start on the same data directory and names the holder; the first goes on", async () => {
    const first = run();
    await first.says("ready");
    const second = run();
    expect(await second.exit()).toBe(1);
    expect(second.text()).toContain(`process ${first.child.pid} holds it`);
    expect((await fetch(`http://127.0.0.1:${ports[0]}/`)).status).toBe(200);
    first.child.kill("SIGINT");
    await first.exit();
  });

  it("names the variable and the port that is taken, and leaves nothing behind", async () => {
    const other = net.createServer().listen(ports[1], "127.0.0.1");
    try {
      const up = run();
      expect(await up.exit()).toBe(1);
      expect(up.text()).toContain(`GATEWAY_PORT: port ${ports[1]} on 127.0.0.1 is taken`);
      expect(processesOf(dataDir)).toEqual([]);
    } finally {
      other.close();
    }
  });

  it("gives up with the name of a process that does not start", async () => {
    fs.writeFileSync(path.join(folder, "dist/web.mjs"), `console.error("no such thing"); process.exit(3);`);
    const up = run();
    expect(await up.exit()).toBe(1);
    expect(up.text()).toContain("web: no such thing");
    expect(up.text()).toContain("web does not start: it ended 5 times in a row");
    expect(processesOf(dataDir)).toEqual([]);
  });

  it("a Ctrl-C in the middle of the first start leaves no database behind", async () => {
    const up = run();
    await until(() => fs.existsSync(path.join(dataDir, "postgres")));
    up.child.kill("SIGINT");
    expect(await up.exit()).toBe(0);
    expect(processesOf(dataDir)).toEqual([]);
  });
});

function run() {
  const child = spawn(process.execPath, ["--import", "tsx", path.join(repository, "e2e/process/fixtures/supervise.ts"), folder], {
    cwd: repository, detached: true, stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", SLIPWAY_DATA_DIR: dataDir, PORT: String(ports[0]), GATEWAY_PORT: String(ports[1]) },
  });
  started.push(child);
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk));
  child.stderr.on("data", (chunk: Buffer) => (text += chunk));
  const exit = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  return {
    child,
    text: () => text,
    exit: () => exit,
    says: (words: string) => until(() => {
      if (child.exitCode !== null && !text.includes(words)) throw new Error(`it ended (${child.exitCode}) before saying "${words}":\n${text}`);
      return text.includes(words);
    }, () => text),
  };
}

async function until(condition: () => boolean | Promise<boolean>, explain: () => string = () => ""): Promise<void> {
  for (const deadline = Date.now() + 60_000; !(await condition()); await sleep(25)) {
    if (Date.now() > deadline) throw new Error(`waited 60 s in vain\n${explain()}`);
  }
}

/** Living processes that carry this data directory in their environment, as anybody outside would find them. */
function processesOf(directory: string): number[] {
  return fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid).map(Number).filter((pid) => {
    try {
      const environment = fs.readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
      return environment.includes(`SLIPWAY_DATA_DIR=${directory}`) && !/^\d+ \(.*\) Z/.test(fs.readFileSync(`/proc/${pid}/stat`, "latin1"));
    } catch {
      return false;
    }
  });
}

const command = (pid: number) => {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ");
  } catch {
    return "";
  }
};
