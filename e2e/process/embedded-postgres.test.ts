import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive } from "@/lib/db/embedded/postmaster";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/lib/db/embedded/start";

let dataDir: string;
const servers: EmbeddedPostgres[] = [];
const log = { info: () => undefined, warn: () => undefined };
const start = async () => {
  const server = await startEmbeddedPostgres({ dataDir, log });
  servers.push(server);
  return server;
};
const cluster = () => path.join(dataDir, "postgres", "cluster");

beforeEach(() => void (dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-embedded-"))));
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  fs.rmSync(dataDir, { recursive: true });
});

async function query(url: string, text: string) {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

describe("the embedded PostgreSQL", () => {
  it("listens on loopback only, has no socket file, keeps its passwords to itself, and carries the data directory in its environment", async () => {
    const server = await start();
    const [row] = await query(server.adminUrl, `SELECT current_setting('listen_addresses') AS listen, current_setting('unix_socket_directories') AS sockets, current_setting('data_checksums') AS checksums, current_setting('fsync') AS fsync`);
    expect(row).toEqual({ listen: "127.0.0.1", sockets: "", checksums: "on", fsync: "on" });
    expect(fs.statSync(path.join(dataDir, "postgres", "passwords.json")).mode & 0o777).toBe(0o600);
    expect(fs.statSync(cluster()).mode & 0o777).toBe(0o700);
    expect(fs.statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(fs.readdirSync(path.dirname(cluster())).sort()).toEqual(["cluster", "passwords.json", "port.json", "server.log"]);
    if (process.platform === "linux") expect(fs.readFileSync(`/proc/${server.pid()}/environ`, "latin1").split("\0")).toContain(`SLIPWAY_DATA_DIR=${dataDir}`);
    await expect(query(server.appUrl.replace(/:[^:@/]+@/, ":wrong@"), "SELECT 1")).rejects.toThrow(/password authentication failed/);
  });

  it("takes over a server that serves its directory, and gives the next start the same port and data", async () => {
    const first = await start();
    await query(first.migrationUrl, "CREATE TABLE kept AS SELECT 42 AS n");
    const second = await start();
    expect([second.adopted, second.pid()]).toEqual([true, first.pid()]);
    for (const server of servers.splice(0)) await server.stop();
    const third = await start();
    expect([third.adopted, third.appUrl]).toEqual([false, first.appUrl]);
    expect(await query(third.migrationUrl, "SELECT n FROM kept")).toEqual([{ n: 42 }]);
  });

  it("after kill -9 in the middle of inserts every acknowledged row is there, at the same address, without a restart by hand", async () => {
    const server = await start();
    await query(server.migrationUrl, "CREATE TABLE t (n int)");
    const client = new Client({ connectionString: server.migrationUrl });
    client.on("error", () => undefined);
    await client.connect();
    const before = server.pid();
    let acknowledged = 0;
    for (let n = 0; ; n++) {
      // In flight beside the insert that follows.
      if (n === 200) setImmediate(() => process.kill(before, "SIGKILL"));
      const ok = await client.query("INSERT INTO t VALUES ($1)", [n]).then(() => true, () => false);
      if (!ok) break;
      acknowledged++;
    }
    expect(acknowledged).toBeGreaterThanOrEqual(200);
    for (const deadline = Date.now() + 30_000; server.pid() === before && Date.now() < deadline; ) await sleep(50);
    const [row] = await query(server.migrationUrl, "SELECT count(*)::int AS n FROM t");
    // One more may have been written whose answer was lost.
    expect([acknowledged, acknowledged + 1]).toContain(row?.n);
  });

  it("starts over a lock file whose pid belongs to another program now, and leaves that program alone", async () => {
    await (await start()).stop();
    servers.length = 0;
    fs.writeFileSync(path.join(cluster(), "postmaster.pid"), `${process.pid}\n${cluster()}\n1\n5432\n\n127.0.0.1\n`);
    const server = await start();
    expect(server.adopted).toBe(false);
    expect(await query(server.appUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("does not take over a server of another data directory, and chooses another port when its own is taken", async () => {
    const first = await start();
    const port = Number(new URL(first.appUrl).port);
    const ours = dataDir;
    await first.stop();
    servers.length = 0;
    const stranger = net.createServer().listen(port, "127.0.0.1");
    await new Promise((resolve) => stranger.once("listening", resolve));
    try {
      const again = await start();
      expect(Number(new URL(again.appUrl).port)).not.toBe(port);
      // A second directory whose lock file points at the first one's server.
      dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-embedded-"));
      const other = await start();
      await other.stop();
      fs.copyFileSync(path.join(ours, "postgres/cluster/postmaster.pid"), path.join(cluster(), "postmaster.pid"));
      const third = await start();
      expect([third.adopted, third.pid() === again.pid(), isAlive(again.pid())]).toEqual([false, false, true]);
      await third.stop();
      fs.rmSync(dataDir, { recursive: true });
      await again.stop();
      servers.length = 0;
    } finally {
      dataDir = ours;
      stranger.close();
    }
  });

  it("clears away an initdb that was killed half way", async () => {
    fs.mkdirSync(path.join(dataDir, "postgres", "initdb-1"), { recursive: true });
    fs.writeFileSync(path.join(dataDir, "postgres", "initdb-1", "PG_VERSION"), "18");
    await start();
    expect(fs.existsSync(path.join(dataDir, "postgres", "initdb-1"))).toBe(false);
  });
});
