import { expect, it } from "vitest";
import { tooMuchMemory } from "./memory-words";

it.each([
  [1025, 1024, "The replica used 1.01 GiB of memory, more than the 1 GiB of its profile."],
  [2790, 2048, "The replica used 2.73 GiB of memory, more than the 2 GiB of its profile."],
  [512.3, 512, "The replica used 513 MiB of memory, more than the 512 MiB of its profile."],
])("%s MiB of %s MiB is told with two figures that differ", (used, limit, words) => {
  expect(tooMuchMemory(used, limit)).toBe(`${words} Choose a profile with more memory.`);
});
