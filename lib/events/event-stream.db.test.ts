import { expect, it, vi } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { type Actor, systemActor } from "@/lib/auth/actor";
import { pool } from "@/lib/db/pool";
import { hub } from "@/lib/events/hub";
import { eventStream } from "@/lib/events/stream";

useTestDatabase();

const publish = (count: number) => pool().query(`SELECT pg_notify('slipway_events', json_build_object('topic', 'deployments:' || n, 'projectId', 'p')::text) FROM generate_series(1, $1) n`, [count]);

it("a reader who takes nothing is let go, and keeps no more than some hundred events waiting; one who reads gets all", async () => {
  const gone = new AbortController();
  const open = () => eventStream(systemActor("test"), "session:x", ["deployments"], null, gone.signal).body!.getReader();
  const [lazy, keen] = [open(), open()];
  const seen: string[] = [];
  const reading = (async () => {
    for (let part = await keen.read(); !part.done; part = await keen.read()) seen.push(Buffer.from(part.value).toString());
  })();
  await vi.waitFor(async () => { await publish(1); expect(seen.join("")).toContain("deployments:1"); }, { timeout: 30_000 });
  // One who reads is given time to: many notifications that arrive at once are handed out before any reader has its turn.
  for (let i = 1; i <= 20; i++) {
    await publish(100);
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(i * 100), { timeout: 30_000, interval: 5 });
  }

  let waiting = 0;
  for (let part = await lazy.read(); !part.done; part = await lazy.read()) waiting++;
  expect(waiting).toBeGreaterThan(100);
  expect(waiting).toBeLessThan(600);
  gone.abort();
  await reading;
  expect(hub()).toBeDefined();
});

it("what an event says of a deployment reaches those who may see its project and nobody else; what is not as it should be is left out", async () => {
  const over = new AbortController();
  const member: Actor = { ...systemActor("test"), kind: "user", instanceRole: null, memberships: new Map([["theirs", "viewer"]]) };
  const read = (actor: Actor) => {
    const seen: string[] = [];
    const reader = eventStream(actor, "session:y", ["deployment", "deployments"], null, over.signal).body!.getReader();
    const reading = (async () => {
      for (let part = await reader.read(); !part.done; part = await reader.read()) seen.push(Buffer.from(part.value).toString());
    })();
    return { text: () => seen.join(""), reading };
  };
  const [theirs, everybody] = [read(member), read(systemActor("test"))];
  const state = { generation: 2, observedGeneration: 2, phase: "Ready", replicas: { wanted: 2, starting: 0, ready: 2 }, changedAt: "2026-11-01T12:00:00.000Z" };
  const tell = (topic: string, projectId: string, said: unknown) => pool().query("SELECT pg_notify('slipway_events', $1)", [JSON.stringify({ topic, projectId, state: said })]);
  // The hub listens from its first stream on, a moment later: repeated until it is heard.
  await vi.waitFor(async () => {
    await tell("deployment:a", "foreign", state);
    await tell("deployment:b", "theirs", { ...state, secret: "never" });
    await tell("deployment:c", "theirs", state);
    expect(theirs.text()).toContain("deployment:c");
    expect(everybody.text()).toContain("deployment:c");
  }, { timeout: 30_000 });
  expect(everybody.text()).toContain("deployment:a");
  expect(theirs.text()).not.toContain("deployment:a");
  expect(theirs.text()).not.toContain("never");
  const said = theirs.text().split("\n").filter((l) => l.startsWith("data: ") && l.includes("deployment:c")).map((l) => JSON.parse(l.slice(6)) as { state?: unknown });
  expect(said.map((e) => e.state)).toEqual(said.map(() => state));
  over.abort();
  await Promise.all([theirs.reading, everybody.reading]);
});
