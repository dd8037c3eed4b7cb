import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveConnection, type EventSourceLike } from "./live-connection";

class FakeSource implements EventSourceLike {
  closed = false;
  readonly handlers = new Map<string, (e: { data: string; lastEventId: string }) => void>();
  constructor(readonly url: string) {}
  addEventListener(type: string, listener: (e: { data: string; lastEventId: string }) => void) { this.handlers.set(type, listener); }
  close() { this.closed = true; }
}

let opened: FakeSource[];
let live: LiveConnection;
beforeEach(() => {
  vi.useFakeTimers();
  opened = [];
  live = new LiveConnection((url) => opened[opened.push(new FakeSource(url)) - 1]!);
});
afterEach(() => vi.useRealTimers());

describe("the one event stream of a tab", () => {
  it("opens once for all that subscribe together", () => {
    live.subscribe("deployments", () => {});
    live.subscribe("deployment:a", () => {});
    vi.runAllTimers();
    expect(opened.map((s) => s.url)).toEqual(["/api/v1/events?topic=deployment%3Aa&topic=deployments"]);
  });

  it("is closed while the tab is hidden, and resumes from the last event", () => {
    live.subscribe("deployments", () => {});
    vi.runAllTimers();
    opened[0]!.handlers.get("change")!({ data: '{"topic":"deployments"}', lastEventId: "x-7" });
    live.setVisible(false);
    vi.runAllTimers();
    expect(opened[0]!.closed).toBe(true);
    live.setVisible(true);
    vi.runAllTimers();
    expect(opened[1]!.url).toContain("lastEventId=x-7");
  });

  it("tells a subscriber of its topic and of what lies below it, and of nothing else", () => {
    const all = vi.fn(), one = vi.fn();
    live.subscribe("deployment", all);
    live.subscribe("deployment:b", one);
    vi.runAllTimers();
    opened[0]!.handlers.get("change")!({ data: '{"topic":"deployment:a"}', lastEventId: "1" });
    expect([all.mock.calls.length, one.mock.calls.length]).toEqual([1, 0]);
  });

  it("makes everyone read again after a reset, and closes when the last one leaves", () => {
    const seen = vi.fn();
    const leave = live.subscribe("deployments", seen);
    vi.runAllTimers();
    opened[0]!.handlers.get("reset")!({ data: "{}", lastEventId: "" });
    expect(seen).toHaveBeenCalledTimes(1);
    leave();
    vi.runAllTimers();
    expect(opened[0]!.closed).toBe(true);
    expect(opened).toHaveLength(1);
  });
});
