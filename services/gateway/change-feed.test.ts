import { expect, it } from "vitest";
import { ChangeFeed } from "./change-feed";
import type { LocalDeployment } from "./local-deployment";

const deployment = (id: string, wanted: number) => ({ spec: { ref: { id } }, hash: "h", pools: new Map([[1, { weight: 100, wanted, consecutiveFailures: 0, lastError: null }]]), replicas: [] }) as unknown as LocalDeployment;

it("tells the first asker, and one who knew another process, to look at everything", () => {
  const feed = new ChangeFeed("me");
  expect(feed.since(null, [deployment("a", 1)]).ids).toBeNull();
  expect(feed.since("other:1", [deployment("a", 1)]).ids).toBeNull();
  expect(feed.since("me:nonsense", [deployment("a", 1)]).ids).toBeNull();
});

it("tells what changed, came or went since the cursor, and nothing while nothing does", () => {
  const feed = new ChangeFeed("me");
  const first = feed.since(null, [deployment("a", 1), deployment("b", 1)]);
  expect(feed.since(first.cursor, [deployment("a", 1), deployment("b", 1)])).toEqual({ cursor: first.cursor, ids: [] });
  const second = feed.since(first.cursor, [deployment("a", 2), deployment("c", 1)]);
  expect(second.ids!.sort()).toEqual(["a", "b", "c"]);
  expect(feed.since(second.cursor, [deployment("a", 2), deployment("c", 1)]).ids).toEqual([]);
  expect(feed.since(first.cursor, [deployment("a", 2), deployment("c", 1)]).ids!.sort()).toEqual(["a", "b", "c"]);
});
