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

/** Sums cells exactly: used and idle of each cell add up to its cost, so those of every sum do. What one of them does not know is unknown. */
export class Tally {
  cost: Nanodollars | null = 0n;
  private used: Nanodollars | null = 0n;
  private predictions: number | null = 0;
  private seconds = 0;

  add(cell: Cell): void {
    if (cell.replicaSeconds === 0) return;
    this.seconds += cell.replicaSeconds;
    this.cost = cell.cost === null || this.cost === null ? null : this.cost + cell.cost;
    this.used = cell.used === null || this.used === null ? null : this.used + cell.used;
    this.predictions = cell.predictions === null || this.predictions === null ? null : this.predictions + cell.predictions;
  }

  figures(): Figures {
    const { cost, used, predictions } = this;
    const idle = cost === null || used === null ? null : cost - used;
    return {
      total: cost === null ? null : toUsd(cost), used: used === null ? null : toUsd(used), idle: idle === null ? null : toUsd(idle), idleShare: idle === null || !cost ? null : Math.min(1, Math.max(0, Number(idle) / Number(cost))),
      predictions, per1000Predictions: cost === null || !predictions ? null : toUsd(divideRounded(cost * 1000n, BigInt(Math.round(predictions)))), replicaSeconds: this.seconds,
    };
  }
}
