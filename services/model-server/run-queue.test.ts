import { expect, test } from "vitest";
import { Cancelled, QueueFull, RunQueue } from "./run-queue";

const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => { open = resolve; });
  return { open, opened };
};

test("one request runs at a time, in the order of arrival", async () => {
  const queue = new RunQueue(8, 60_000);
  const log: string[] = [];
  const job = (name: string) => queue.submit(async () => { log.push(`${name} in`); await Promise.resolve(); log.push(`${name} out`); }).result;
  await Promise.all([job("a"), job("b"), job("c")]);
  expect(log).toEqual(["a in", "a out", "b in", "b out", "c in", "c out"]);
});

test("a full queue refuses at once, and takes requests again when a place is free", async () => {
  const queue = new RunQueue(1, 60_000);
  const { open, opened } = gate();
  const first = queue.submit(() => opened);
  const second = queue.submit(async () => 2);
  await expect(queue.submit(async () => 3).result).rejects.toBeInstanceOf(QueueFull);
  open();
  await first.result;
  expect((await second.result).value).toBe(2);
  expect((await queue.submit(async () => 4).result).value).toBe(4);
});

test("a cancelled waiting request never runs", async () => {
  const queue = new RunQueue(8, 60_000);
  const { open, opened } = gate();
  const first = queue.submit(() => opened);
  let ran = false;
  const second = queue.submit(async () => { ran = true; });
  second.cancel();
  await expect(second.result).rejects.toBeInstanceOf(Cancelled);
  expect(queue.depth).toBe(0);
  open();
  await first.result;
  expect(ran).toBe(false);
});

test("a failing run frees the slot", async () => {
  const queue = new RunQueue(8, 60_000);
  await expect(queue.submit(() => Promise.reject(new Error("no"))).result).rejects.toThrow("no");
  expect((await queue.submit(async () => "next").result).value).toBe("next");
});
