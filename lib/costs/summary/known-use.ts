import type { KnownUse } from "@/lib/costs/schema";
import { Tally, type Cell } from "@/lib/costs/summary/tally";

const isKnown = (c: Cell): boolean => c.predictions !== null || c.used !== null;

/** What can be said where use is not known of everything: the cells of which it is, summed alone, and the days of the others. null: it is of all, or of none. Pure. */
export function knownUse(cells: Iterable<readonly [day: string, cell: Cell]>): KnownUse | null {
  const ran = [...cells].filter(([, c]) => c.replicaSeconds > 0);
  const known = ran.filter(([, c]) => isKnown(c));
  if (known.length === 0 || known.length === ran.length) return null;
  const tally = new Tally();
  for (const [, cell] of known) tally.add(cell);
  const { total, used, idle, predictions, per1000Predictions, replicaSeconds } = tally.figures();
  return { total, used, idle, predictions, per1000Predictions, replicaSeconds, missing: [...new Set(ran.filter(([, c]) => !isKnown(c)).map(([day]) => day))].sort() };
}
