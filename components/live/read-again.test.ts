import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import { readAgain } from "./read-again";

it("reads a key once however many ask for it, and what lies below it afterwards", async () => {
  const client = new QueryClient();
  const read: string[] = [];
  let answer = () => {};
  const observe = (name: string, queryKey: string[], wait = false) => new QueryObserver(client, { queryKey, initialData: 0, staleTime: Infinity, queryFn: async () => { read.push(name); if (wait) await new Promise<void>((r) => (answer = r)); return read.length; } }).subscribe(() => undefined);
  const ends = [observe("one", ["d", "x"], true), observe("measures", ["d", "x", "measures"]), observe("events", ["d", "x", "events"]), observe("another", ["d", "y"])];
  for (let i = 0; i < 5; i++) readAgain(client, [["d", "x"]]);
  await vi.waitFor(() => expect(read).toEqual(["one"]));
  answer();
  await vi.waitFor(() => expect(read.toSorted()).toEqual(["events", "measures", "one"]));
  // A key that nothing is held under itself.
  readAgain(client, [["d"]]);
  await vi.waitFor(() => expect(read.filter((r) => r === "another")).toHaveLength(1));
  for (const end of ends) end();
  client.clear();
});
