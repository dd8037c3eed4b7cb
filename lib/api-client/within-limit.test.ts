import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Late, withinLimit } from "./within-limit";

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

/** Work that never ends by itself, as a fetch to a process that hangs. */
const hanging = (signal: AbortSignal) => new Promise<never>((_, reject) => {
  const end = () => reject(new DOMException("aborted", "AbortError"));
  if (signal.aborted) end();
  else signal.addEventListener("abort", end);
});
const outcome = (work: Promise<unknown>) => work.then(() => "done", (e: unknown) => (e instanceof Late ? "late" : e instanceof Error ? e.message : e));

it("ends work at the limit, and not before", async () => {
  let ended = "";
  const work = outcome(withinLimit(1000, undefined, hanging)).then((o) => { ended = o as string; });
  await vi.advanceTimersByTimeAsync(999);
  expect(ended).toBe("");
  await vi.advanceTimersByTimeAsync(1);
  await work;
  expect(ended).toBe("late");
});

it("tells whoever left that the work was aborted, at once or before it began, and leaves no timer", async () => {
  const leaving = new AbortController();
  const work = outcome(withinLimit(1000, leaving.signal, hanging));
  leaving.abort();
  expect(await work).toBe("aborted");
  expect(await outcome(withinLimit(1000, leaving.signal, hanging))).toBe("aborted");
  expect(vi.getTimerCount()).toBe(0);
});

it("leaves what is done in time alone, and what may take as long as it takes", async () => {
  expect(await withinLimit(1000, undefined, async () => 5)).toBe(5);
  expect(vi.getTimerCount()).toBe(0);
  const leaving = new AbortController();
  const work = outcome(withinLimit(null, leaving.signal, hanging));
  expect(vi.getTimerCount()).toBe(0);
  leaving.abort();
  await work;
});
