/** mulberry32: the seed alone decides what is drawn. */
export function seededRandom(seed: number) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    next, below,
    pick: <T>(from: readonly T[]): T => from[below(from.length)] as T,
    shuffle: <T>(from: readonly T[]): T[] => from.map((value) => ({ value, key: next() })).sort((a, b) => a.key - b.key).map(({ value }) => value),
  };
}
export type SeededRandom = ReturnType<typeof seededRandom>;
