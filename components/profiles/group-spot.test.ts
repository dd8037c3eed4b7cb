import { expect, it } from "vitest";
import { groupSpot } from "./group-spot";

const row = (slug: string, capacityType: "on-demand" | "spot" | "spot-with-fallback") => ({ slug, capacityType });

it("makes spot, and spot with a fallback, of one instance one row, in the place of the first", () => {
  const rows = [row("a", "on-demand"), row("a-spot", "spot"), row("a-spot-fallback", "spot-with-fallback"), row("b-spot", "spot")];
  expect(groupSpot(rows, (r) => r.slug).map((r) => [r.slug, r.withFallback])).toEqual([["a", null], ["a-spot", "a-spot-fallback"], ["b-spot", null]]);
});

it("keeps a fallback row whose spot row is not among them", () => {
  expect(groupSpot([row("a-spot-fallback", "spot-with-fallback")], (r) => r.slug).map((r) => r.slug)).toEqual(["a-spot-fallback"]);
});
