import { Refusal } from "./refusal";

const DEFAULT_TIMEOUT_MS = 1_800;
/** About twice what the largest published models need; reached in well under a second of work. */
const MAX_STEPS = 6_000_000;
const STEPS_BETWEEN_CLOCK_READS = 2_048;

/** What one file may cost. Every loop over something that the file declares takes a step, so no input can hold a reader. */
export class Budget {
  private steps = 0;
  private readonly deadline: number;

  /** `now` is in milliseconds and only ever compared with itself. */
  constructor(
    timeoutMs = DEFAULT_TIMEOUT_MS,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.deadline = now() + timeoutMs;
  }

  step(): void {
    this.steps += 1;
    if (this.steps % STEPS_BETWEEN_CLOCK_READS === 0) this.checkTime();
    if (this.steps > MAX_STEPS) throw new Refusal("too_complex", "The file declares more parts than any real model has. Export it again, or split it.");
  }

  checkTime(): void {
    if (this.now() > this.deadline) {
      throw new Refusal("too_slow", "Reading the file's structure took longer than the time a file may take. Try again; if it happens again, export the model with fewer, larger parts.");
    }
  }
}
