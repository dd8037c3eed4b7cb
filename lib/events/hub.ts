import { listen } from "@/lib/db/listen";
import { type LiveState, liveStateSchema } from "@/lib/deployments/live-state";

/**
 * What a notification says: where something changed. Readers ask the API for it, which checks their rights. `state`: of a deployment, what
 * its page shows at once; sent to nobody who may not see the project.
 */
export type LiveEvent = { topic: string; projectId: string; id: string; at: string; state?: LiveState };

type Subscriber = { topics: ReadonlySet<string>; maySee(projectId: string): boolean; send(event: LiveEvent): void; revoked(subject: string): void; reset(): void };

const KEEP = 1000;

/** One LISTEN for the whole process, fanned out to its streams, with the last events kept so that a stream can resume. */
class Hub {
  private readonly subscribers = new Set<Subscriber>();
  private readonly recent: LiveEvent[] = [];
  private sequence = 0;
  private readonly epoch = Date.now().toString(36);

  constructor() {
    listen(["slipway_events", "slipway_revoked"], {
      onNotify: (channel, payload) => (channel === "slipway_revoked" ? this.subscribers.forEach((s) => s.revoked(payload)) : this.publish(payload)),
      onConnect: () => this.subscribers.forEach((s) => s.reset()),
    });
  }

  private publish(payload: string): void {
    const parsed = parse(payload);
    if (!parsed) return;
    const event = { ...parsed, id: `${this.epoch}-${++this.sequence}`, at: new Date().toISOString() };
    this.recent.push(event);
    if (this.recent.length > KEEP) this.recent.shift();
    for (const s of this.subscribers) if (matches(s, event)) s.send(event);
  }

  /** Adds a stream and hands it what it missed since `lastEventId`; when that cannot be known, `reset` tells it to read again. */
  subscribe(subscriber: Subscriber, lastEventId: string | null): () => void {
    this.subscribers.add(subscriber);
    if (lastEventId) {
      const known = this.recent.findIndex((e) => e.id === lastEventId);
      if (known < 0 && lastEventId !== `${this.epoch}-0`) subscriber.reset();
      else for (const e of this.recent.slice(known + 1)) if (matches(subscriber, e)) subscriber.send(e);
    }
    return () => this.subscribers.delete(subscriber);
  }
}

const matches = (s: Subscriber, e: LiveEvent) => s.maySee(e.projectId) && [...s.topics].some((t) => e.topic === t || e.topic.startsWith(`${t}:`));

function parse(payload: string): Pick<LiveEvent, "topic" | "projectId" | "state"> | null {
  try {
    const value: unknown = JSON.parse(payload);
    if (typeof value === "object" && value && "topic" in value && "projectId" in value) {
      const state = "state" in value ? liveStateSchema.safeParse(value.state).data : undefined;
      return { topic: String(value.topic), projectId: String(value.projectId), ...(state ? { state } : {}) };
    }
  } catch {
    // not ours
  }
  return null;
}

const holder = globalThis as { slipwayHub?: Hub };
export const hub = () => (holder.slipwayHub ??= new Hub());
