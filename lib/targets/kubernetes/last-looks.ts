import type { ClusterState } from "@/lib/targets/kubernetes/read-cluster";

const MOST = 2000;

/**
 * What was read of each deployment last, and whether the watches have since told of more than its pods. Where they have not, its pods are read
 * alone: pods change far more often than anything else. Only a hint: whoever looks without having been told reads everything, and so does the timer.
 */
export class LastLooks {
  private readonly states = new Map<string, ClusterState>();
  private readonly told = new Map<string, "pods" | "more">();
  private changes = 0;

  note(id: string, isPod: boolean): void {
    if (!isPod || !this.told.has(id)) this.told.set(id, isPod ? "pods" : "more");
    if (this.told.size > MOST * 10) this.told.clear();
  }

  /** Takes what was told since the last look: true where that was of pods only, and the rest is known. */
  podsOnly(id: string): boolean {
    const told = this.told.get(id);
    this.told.delete(id);
    return told === "pods" && this.states.has(id);
  }

  ids(): string[] {
    return [...this.states.keys()];
  }

  /** Those of the states that are known; null where one is not. */
  of(ids: readonly string[]): Map<string, ClusterState> | null {
    const known = new Map(ids.flatMap((id) => { const state = this.states.get(id); return state ? [[id, state] as const] : []; }));
    return known.size === ids.length ? known : null;
  }

  /** Slipway itself writes, or could not read: what is known, and what is being read meanwhile, may be of before. */
  change(id: string): void {
    this.changes++;
    this.states.delete(id);
  }

  /** Call before a read; what it returns keeps the answer, unless something was written meanwhile. */
  reading(ids: readonly string[]): (states: ReadonlyMap<string, ClusterState>) => void {
    const before = this.changes;
    return (states) => {
      if (this.changes !== before) return;
      if (this.states.size > MOST) this.states.clear();
      for (const id of ids) {
        const state = states.get(id);
        if (state?.anchor) this.states.set(id, state);
        else this.states.delete(id);
      }
    };
  }
}
