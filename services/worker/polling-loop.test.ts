import { expect, it } from "vitest";
import { runPollingLoop } from "@/services/worker/polling-loop";

const until = async (is: () => boolean) => { while (!is()) await new Promise((turn) => setImmediate(turn)); };

it("goes on after a turn that failed, and tells the fault", async () => {
  const faults: unknown[] = [];
  let turns = 0;
  const loop = runPollingLoop(async () => {
    if (++turns === 1) throw new Error("the database is away");
    return 0;
  }, { everyMs: 0, onFault: (error) => void faults.push(error) });
  await until(() => turns > 2);
  await loop.stop();
  expect(faults).toEqual([new Error("the database is away")]);
});

it("stops in the middle of a long wait, and only when the turn under way has ended", async () => {
  let ended = false;
  const loop = runPollingLoop(async (signal) => {
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => setImmediate(resolve)));
    ended = true;
  }, { everyMs: 3_600_000, onFault: () => undefined });
  await loop.stop();
  expect(ended).toBe(true);
  let turns = 0;
  const waiting = runPollingLoop(async () => { turns++; }, { everyMs: 3_600_000, onFault: () => undefined });
  await until(() => turns === 1);
  await waiting.stop();
  expect(turns).toBe(1);
});

it("runs its lanes side by side, each by its number", async () => {
  const seen = new Set<number>();
  const loop = runPollingLoop(async (_signal, lane) => {
    seen.add(lane);
    await until(() => seen.size === 2);
    return 3_600_000;
  }, { everyMs: 0, lanes: 2, onFault: () => undefined });
  await until(() => seen.size === 2);
  await loop.stop();
  expect([...seen].sort()).toEqual([0, 1]);
});
