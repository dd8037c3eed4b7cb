import type { AppliedObject } from "@/lib/targets/kubernetes/applied-state";

/** Longer, and what somebody took away meanwhile would not be put back by the next deployment. */
const BELIEVED_MS = 30_000;
const MOST = 10_000;

/**
 * What the deployments of a namespace have in common (quota, limits, policy, account) and this process applied a moment ago, so that a
 * hundred deployments do not apply it a hundred times. Known by the namespace's uid: one that was deleted and made again has none of it.
 */
export class SharedObjects {
  private readonly known = new Map<string, { object: AppliedObject; at: number }>();

  constructor(private readonly now: () => number = Date.now) {}

  find(home: string, entry: AppliedObject): AppliedObject | null {
    const found = this.known.get(keyOf(home, entry));
    return found && this.now() - found.at < BELIEVED_MS && found.object.hash === entry.hash ? found.object : null;
  }

  note(home: string, object: AppliedObject): void {
    if (this.known.size >= MOST) this.known.clear();
    this.known.set(keyOf(home, object), { object, at: this.now() });
  }
}

const keyOf = (home: string, o: AppliedObject) => `${home} ${o.kind}/${o.name}`;
