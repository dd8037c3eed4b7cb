import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { KubeConfig } from "@kubernetes/client-node";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ChangeWatch } from "./change-watch";
import { KubeClient } from "./client";
import { KINDS } from "./kinds";
import type { Metadata } from "./objects";
import { WATCHED } from "./read-cluster";
import { watchKind, type WatchStats } from "./watch";

// A server that answers as an API server does, and whose watches a test ends, silences and refuses as it likes.
type Watch = { from: string; path: string; answer: ServerResponse };
let watches: Watch[] = [];
let lists = 0;
let present = "100";
let refuseWith: number | null = null;
const server = createServer((request, response) => {
  const url = new URL(request.url!, "http://api");
  response.setHeader("content-type", "application/json");
  if (!url.searchParams.has("watch")) {
    lists++;
    return void response.end(JSON.stringify({ metadata: { resourceVersion: present }, items: [] }));
  }
  if (refuseWith !== null) {
    response.statusCode = refuseWith;
    refuseWith = null;
    return void response.end(JSON.stringify({ kind: "Status", code: 410, message: "too old resource version" }));
  }
  response.flushHeaders();
  watches.push({ from: url.searchParams.get("resourceVersion")!, path: url.pathname, answer: response });
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => void server.closeAllConnections());

const config = new KubeConfig();
config.loadFromClusterAndUser({ name: "c", server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, skipTLSVerify: true }, { name: "u" });
const client = new KubeClient(async () => config);
const say = (w: Watch, type: string, object: object) => w.answer.write(`${JSON.stringify({ type, object })}\n`);
const pod = (uid: string, resourceVersion: string, more: object = {}) => ({ metadata: { uid, resourceVersion, labels: { "slipway.dev/deployment-id": uid }, ...more } });
const nth = (n: number) => vi.waitFor(() => { expect(watches.length).toBeGreaterThanOrEqual(n); return watches[n - 1]!; }, { timeout: 20_000 });

beforeEach(() => {
  watches = [];
  lists = 0;
  present = "100";
  refuseWith = null;
});

describe("a watch", () => {
  function begin(silentMs?: number) {
    const seen: string[] = [];
    const stats: WatchStats = { connects: 0, expired: 0, silences: 0, failures: 0 };
    const gaps = { count: 0 };
    const controller = new AbortController();
    const hooks = { onObject: (m: Metadata, gone: boolean) => void seen.push(`${m.uid} ${gone ? "gone" : m.resourceVersion}`), onGap: () => void gaps.count++ };
    const ended = watchKind(client, KINDS.Pod, "a=b", hooks, controller.signal, stats, silentMs);
    return { seen, stats, gaps, end: () => { controller.abort(); return ended; } };
  }

  it("goes on after a cut from the last version it has seen, a bookmark's too, and tells what came meanwhile once", async () => {
    const w = begin();
    const first = await nth(1);
    expect(first.from).toBe("100");
    say(first, "ADDED", pod("a", "101"));
    say(first, "BOOKMARK", { metadata: { resourceVersion: "150" } });
    await vi.waitFor(() => expect(w.seen).toEqual(["a 101"]));
    first.answer.destroy();
    const second = await nth(2);
    expect(second.from).toBe("150");
    say(second, "DELETED", pod("a", "151"));
    await vi.waitFor(() => expect(w.seen).toEqual(["a 101", "a gone"]));
    expect([w.gaps.count, lists]).toEqual([1, 1]);
    await w.end();
  });

  it.each(["an answer", "an event"])("begins at the present when its version is too old (410 as %s), and says that something may be missing", async (how) => {
    const w = begin();
    const first = await nth(1);
    present = "900";
    if (how === "an event") say(first, "ERROR", { kind: "Status", code: 410, reason: "Expired" });
    else {
      refuseWith = 410;
      first.answer.destroy();
    }
    expect((await nth(2)).from).toBe("900");
    expect([w.gaps.count, w.stats.expired]).toEqual([2, 1]);
    await w.end();
  });

  it("takes one that is silent for dead, and opens another from where it was", async () => {
    const w = begin(300);
    say(await nth(1), "ADDED", pod("a", "120"));
    expect((await nth(2)).from).toBe("120");
    expect(w.stats.silences).toBeGreaterThanOrEqual(1);
    expect(w.gaps.count).toBe(1);
    await w.end();
  });
});

describe("what changed", () => {
  it("is told whatever the order and however often the events come; a state alone raises no suspicion of drift", async () => {
    const told: string[] = [];
    const changes = new ChangeWatch(client, "sinst", (id, kind, maybeDrifted) => void told.push(`${id} ${kind} ${maybeDrifted ? "drift?" : "state"}`));
    changes.changes(null);
    const of = (plural: string) => vi.waitFor(() => { const w = watches.find((x) => x.path.endsWith(`/${plural}`)); expect(w).toBeDefined(); return w!; }, { timeout: 20_000 });
    const [pods, deployments, services] = await Promise.all(["pods", "deployments", "services"].map(of));
    // Each kind's watch is opened after it has said that something may be missing: all of them have.
    await nth(WATCHED.length);
    const { cursor } = changes.changes(null);
    say(pods!, "MODIFIED", pod("b", "205"));
    say(pods!, "MODIFIED", pod("b", "203"));
    say(pods!, "MODIFIED", pod("a", "204"));
    say(pods!, "MODIFIED", pod("a", "204"));
    await vi.waitFor(() => expect(told).toHaveLength(4), { timeout: 20_000 });
    expect(changes.changes(cursor).ids?.toSorted()).toEqual(["a", "b"]);
    expect(new Set(told)).toEqual(new Set(["a Pod state", "b Pod state"]));
    told.length = 0;
    for (const [type, version, generation] of [["ADDED", "300", 1], ["MODIFIED", "301", 1], ["MODIFIED", "302", 2], ["MODIFIED", "303", 2], ["DELETED", "304", 2]] as const) say(deployments!, type, pod("a", version, { generation }));
    await vi.waitFor(() => expect(told).toHaveLength(5), { timeout: 20_000 });
    expect(told).toEqual(["drift?", "state", "drift?", "state", "drift?"].map((what) => `a Deployment ${what}`));
    told.length = 0;
    for (const version of ["401", "402"]) say(services!, "MODIFIED", pod("a", version));
    await vi.waitFor(() => expect(told).toEqual(["a Service drift?", "a Service drift?"]), { timeout: 20_000 });
    changes.stop();
  });
});
