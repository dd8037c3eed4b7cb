import type { LabelledRow } from "./train-softmax";

/**
 * Parts rows for training and for the test, class by class, so that both hold the same share of each. The seed chooses which;
 * the same seed chooses the same.
 */
export function splitRows(rows: readonly LabelledRow[], testShare: number, seed: number): { train: LabelledRow[]; test: LabelledRow[] } {
  const random = seeded(seed);
  const train: LabelledRow[] = [];
  const test: LabelledRow[] = [];
  for (const ofClass of Map.groupBy(rows, (r) => r.label).values()) {
    const shuffled = [...ofClass];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    const kept = Math.round(shuffled.length * testShare);
    test.push(...shuffled.slice(0, kept));
    train.push(...shuffled.slice(kept));
  }
  return { train, test };
}

/** Numbers in [0, 1) by xorshift32; the same seed gives the same sequence on every machine. */
function seeded(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
