import { expect, it, vi } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { systemActor } from "@/lib/auth/actor";
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
  for (let i = 0; i < 20; i++) await publish(100);
  await vi.waitFor(() => expect(seen.length).toBeGreaterThan(2000), { timeout: 30_000 });

  let waiting = 0;
  for (let part = await lazy.read(); !part.done; part = await lazy.read()) waiting++;
  expect(waiting).toBeGreaterThan(100);
  expect(waiting).toBeLessThan(600);
  gone.abort();
  await reading;
  expect(hub()).toBeDefined();
});
