import { expect, test } from "vitest";
import { wantedReplicas, type AutoscaleInput } from "./autoscale";

const NOW = 1_000_000;
/** One sample a second for the last `seconds`, loads given by age in seconds. */
const loads = (seconds: number, load: (age: number) => number) =>
  Array.from({ length: seconds }, (_, i) => ({ at: NOW - (seconds - 1 - i) * 1000, load: load(seconds - 1 - i) }));
const base: AutoscaleInput = { now: NOW, samples: [], min: 1, max: 5, targetConcurrency: 4, current: 1, lastRaisedAt: -Infinity, quietMs: 0, idleMs: 300_000 };

test.each<[string, Partial<AutoscaleInput>, number]>([
  ["nothing known: what there is", {}, 1],
  ["below the minimum: the minimum", { min: 2 }, 2],
  ["load for three: three at once", { samples: loads(3, () => 12) }, 3],
  ["load beyond the maximum: the maximum", { samples: loads(3, () => 400) }, 5],
  ["a blip of one second in three does not start three", { samples: loads(3, (age) => (age === 0 ? 12 : 0)) }, 1],
  ["quiet for a minute: down to the minimum", { current: 4, samples: loads(61, () => 0) }, 1],
  ["quiet for half a minute: stays", { current: 4, samples: loads(30, () => 0) }, 4],
  ["busy half a minute ago: down only to what that needed", { current: 5, samples: loads(61, (age) => (age === 30 ? 8 : 0)) }, 2],
  ["raised a moment ago: stays", { current: 3, lastRaisedAt: NOW - 10_000, samples: loads(61, () => 0) }, 3],
  ["the maximum was lowered: down at once", { current: 5, max: 2 }, 2],
  ["stopped: none", { current: 3, min: 0, max: 0, samples: loads(3, () => 50) }, 0],
  ["minimum zero and quiet for the idle time: none", { current: 1, min: 0, samples: loads(61, () => 0), quietMs: 300_000 }, 0],
  ["minimum zero and quiet for less than that, however idle the minute: one", { current: 1, min: 0, samples: loads(61, () => 0), quietMs: 299_000 }, 1],
  ["minimum zero, quiet, several: none at once, since nobody asks", { current: 3, min: 0, lastRaisedAt: NOW - 10_000, samples: loads(3, () => 0), quietMs: 6000, idleMs: 5000 }, 0],
  ["minimum zero and nobody has asked: stays at none", { current: 0, min: 0, samples: loads(3, () => 0), quietMs: 6000, idleMs: 5000 }, 0],
  ["minimum one and quiet: one", { current: 1, min: 1, samples: loads(61, () => 0), quietMs: 900_000 }, 1],
  ["minimum zero and a request: one", { current: 0, min: 0, samples: loads(1, () => 1) }, 1],
])("%s", (_what, change, expected) => {
  expect(wantedReplicas({ ...base, ...change })).toBe(expected);
});
