/** Time over which the speed is averaged: long enough to be calm, short enough to follow a change of network. */
const WINDOW_MS = 6_000;

/** Bytes per second over the last seconds; null until there is enough to say. */
export class Speed {
  private samples: [timeMs: number, bytes: number][] = [];

  add(timeMs: number, totalBytes: number): void {
    this.samples.push([timeMs, totalBytes]);
    while (this.samples.length > 2 && timeMs - this.samples[0]![0] > WINDOW_MS) this.samples.shift();
  }

  reset(): void {
    this.samples = [];
  }

  get bytesPerSecond(): number | null {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (!first || !last || last[0] - first[0] < 500) return null;
    return Math.max(0, ((last[1] - first[1]) / (last[0] - first[0])) * 1000);
  }
}
