import { divideRounded, toNanodollars, toUsd, type Nanodollars } from "@/lib/costs/money";
import type { Figures } from "@/lib/costs/summary/schema";

/** One line on one day. null: unknown. Reckoned once, since it goes into several sums. */
export type Cell = { cost: Nanodollars | null; used: Nanodollars | null; predictions: number | null; replicaSeconds: number };

/** A cell of what a line cost on a day and how long it computed; use null: not measured. Used never exceeds the cost. Pure. */
export function cellOf(total: number | null, replicaSeconds: number, use: { busySeconds: number | null; predictions: number | null } | null): Cell {
  const cost = total === null ? null : toNanodollars(total);
  const busy = use === null || use.busySeconds === null ? null : Math.min(Math.max(use.busySeconds, 0), replicaSeconds);
  return {
    cost, predictions: use === null ? null : use.predictions, replicaSeconds,
    used: cost === null || busy === null ? null : divideRounded(cost * BigInt(Math.round(busy * 1000)), BigInt(Math.max(1, Math.round(replicaSeconds * 1000)))),
  };
}

/**
 * Sums cells exactly: used and idle of each cell add up to its cost, so those of every sum do. What one of them does not know is unknown; what is known
 * of the others is kept apart, with what it cost.
 */
export class Tally {
  cost: Nanodollars | null = 0n;
  private seconds = 0;
  private readonly use = new Known<Nanodollars>(0n, (a, b) => a + b);
  private readonly predictions = new Known<number>(0, (a, b) => a + b);

  add(cell: Cell): void {
    if (cell.replicaSeconds === 0) return;
    this.seconds += cell.replicaSeconds;
    this.cost = plus(this.cost, cell.cost);
    this.use.add(cell.used, cell.cost);
    this.predictions.add(cell.predictions, cell.cost);
  }

  figures(): Figures {
    const { cost } = this;
    const [used, predictions] = [this.use.whole(), this.predictions.whole()];
    const idle = cost === null || used === null ? null : cost - used;
    const [use, asked] = [this.use.part(), this.predictions.part()];
    return {
      total: usd(cost), used: cost === null ? null : usd(used), idle: usd(idle), idleShare: idle === null || !cost ? null : Math.min(1, Math.max(0, Number(idle) / Number(cost))),
      predictions, per1000Predictions: per1000(cost, predictions), replicaSeconds: this.seconds,
      known: {
        use: use && { total: usd(use.cost), used: usd(use.sum), idle: usd(use.cost === null ? null : use.cost - use.sum) },
        predictions: asked && { total: usd(asked.cost), predictions: asked.sum, per1000Predictions: per1000(asked.cost, asked.sum) },
      },
    };
  }
}

/** A sum of which parts may be unknown, and what those that are known cost. */
class Known<T> {
  private there = false;
  private missing = false;
  private cost: Nanodollars | null = 0n;
  constructor(private sum: T, private readonly plus: (a: T, b: T) => T) {}

  add(value: T | null, cost: Nanodollars | null): void {
    if (value === null) return void (this.missing = true);
    this.there = true;
    this.sum = this.plus(this.sum, value);
    this.cost = plus(this.cost, cost);
  }

  whole = (): T | null => (this.missing ? null : this.sum);
  /** null: nothing is missing, or everything is. */
  part = (): { sum: T; cost: Nanodollars | null } | null => (this.missing && this.there ? { sum: this.sum, cost: this.cost } : null);
}

const plus = (a: Nanodollars | null, b: Nanodollars | null): Nanodollars | null => (a === null || b === null ? null : a + b);
const usd = (nano: Nanodollars | null): number | null => (nano === null ? null : toUsd(nano));
const per1000 = (cost: Nanodollars | null, predictions: number | null): number | null => (cost === null || !predictions ? null : toUsd(divideRounded(cost * 1000n, BigInt(Math.round(predictions)))));
