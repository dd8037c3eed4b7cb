export type EventSourceLike = {
  addEventListener(type: string, listener: (event: { data: string; lastEventId: string }) => void): void;
  close(): void;
};

const SETTLE_MS = 50;

/** `state`: what the event says of its subject; undefined where it only points, or where events may have been missed. */
export type LiveListener = (state?: unknown) => void;

/**
 * One event stream for all topics of a tab. It is opened again when the topics change, closed while the tab is hidden, and
 * resumes from the last event it saw; what may have been missed makes every subscriber read again.
 */
export class LiveConnection {
  private readonly listeners = new Map<string, Set<LiveListener>>();
  private source: EventSourceLike | null = null;
  private openTopics = "";
  private lastEventId = "";
  private visible = true;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly open: (url: string) => EventSourceLike) {}

  subscribe(topic: string, listener: LiveListener): () => void {
    const set = this.listeners.get(topic) ?? new Set();
    set.add(listener);
    this.listeners.set(topic, set);
    this.settle();
    return () => {
      set.delete(listener);
      if (set.size === 0) this.listeners.delete(topic);
      this.settle();
    };
  }

  setVisible(visible: boolean): void {
    this.visible = visible;
    this.settle();
  }

  close(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
    this.openTopics = "";
  }

  /** Several components subscribe in one render: the stream is opened once they all have. */
  private settle(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.apply(), SETTLE_MS);
  }

  private apply(): void {
    const topics = this.visible ? [...this.listeners.keys()].sort() : [];
    const wanted = topics.join("\n");
    if (wanted === this.openTopics) return;
    this.close();
    this.openTopics = wanted;
    if (topics.length === 0) return;
    const query = new URLSearchParams(topics.map((t) => ["topic", t]));
    if (this.lastEventId) query.set("lastEventId", this.lastEventId);
    const source = this.open(`/api/v1/events?${query}`);
    this.source = source;
    source.addEventListener("change", (event) => {
      this.lastEventId = event.lastEventId || this.lastEventId;
      const { topic, state } = JSON.parse(event.data) as { topic: string; state?: unknown };
      for (const [subscribed, set] of this.listeners) if (topic === subscribed || topic.startsWith(`${subscribed}:`)) set.forEach((listener) => listener(topic === subscribed ? state : undefined));
    });
    source.addEventListener("reset", () => this.listeners.forEach((set) => set.forEach((listener) => listener())));
  }
}
