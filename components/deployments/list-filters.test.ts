import { expect, it } from "vitest";
import { listFilters } from "./list-filters";

it("takes from an address what it can mean and leaves the rest out", () => {
  expect(listFilters({ search: "  ocr ", phase: "Ready", sort: "name" })).toEqual({ search: "ocr", phase: "Ready", sort: "name" });
  expect(listFilters({ search: ["a", "b"], phase: "Sleeping", sort: "price" })).toEqual({ search: undefined, phase: undefined, sort: undefined });
});

it("gives the default order no key of its own", () => expect(listFilters({ sort: "createdAt" }).sort).toBeUndefined());
