import type { Changes } from "@/lib/targets/target";
import type { LocalDeployment } from "./local-deployment";

const KEEP_REMOVED = 10_000;

/**
 * What changed since a caller last asked, so that ten thousand steady deployments cost it one short answer. The cursor names this
 * process and a count: one of another process, or too old a one, is answered with "look at everything".
 */
export class ChangeFeed {
  private readonly known = new Map<string, { signature: string; at: number }>();
  private readonly removed = new Map<string, number>();
  private count = 0;
  private forgottenUpTo = 0;

  constructor(private readonly instance: string) {}

  since(cursor: string | null, all: Iterable<LocalDeployment>): Changes {
    this.look(all);
    const [instance, from] = (cursor ?? "").split(":");
    const after = Number(from);
    const next = `${this.instance}:${this.count}`;
    if (instance !== this.instance || !Number.isSafeInteger(after) || after < this.forgottenUpTo) return { cursor: next, ids: null };
    if (after === this.count) return { cursor: next, ids: [] };
    const ids = [...this.known].filter(([, k]) => k.at > after).map(([id]) => id);
    return { cursor: next, ids: [...ids, ...[...this.removed].filter(([, at]) => at > after).map(([id]) => id)] };
  }

  private look(all: Iterable<LocalDeployment>): void {
    const seen = new Set<string>();
    for (const d of all) {
      const { id } = d.spec.ref;
      seen.add(id);
      const signature = signatureOf(d);
      if (this.known.get(id)?.signature === signature) continue;
      this.known.set(id, { signature, at: ++this.count });
      this.removed.delete(id);
    }
    for (const id of this.known.keys()) {
      if (seen.has(id)) continue;
      this.known.delete(id);
      this.removed.set(id, ++this.count);
    }
    for (const [id, at] of this.removed) {
      if (this.removed.size <= KEEP_REMOVED) break;
      this.removed.delete(id);
      this.forgottenUpTo = at;
    }
  }
}

/** Everything `observe` tells that can change, but for times: they move with the states. */
const signatureOf = (d: LocalDeployment) =>
  `${d.hash}|${[...d.pools].map(([n, p]) => `${n},${p.weight},${p.wanted},${p.consecutiveFailures},${p.lastError?.at ?? ""}`).join(";")}|${d.replicas.map((r) => `${r.id}${r.state}`).join(",")}`;
