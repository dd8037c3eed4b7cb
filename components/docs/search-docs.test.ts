import { expect, test } from "vitest";
import MiniSearch from "minisearch";
import { docSections, makeIndex, searchDocs } from "@/components/docs/search-docs";

const index = makeIndex();
const found = (query: string) => searchDocs(query, 20, index);

test("what a reader types leads to the section about it, also when it is half typed or mistyped", () => {
  expect(found("reset-owner")[0]!.id).toBe("/docs/operations#lost-access");
  expect(found("quota_exceeded")[0]!.id).toBe("/docs/problems#quota_exceeded");
  expect(found("interrup").length).toBeGreaterThan(2);
  expect(found("forecst").some((s) => /forecast/i.test(s.text + s.title))).toBe(true);
  expect(found("zebrafish carburettor")).toEqual([]);
});

test("the index that a build writes is all there when it is read again", () => {
  const text = JSON.stringify(index);
  const read = MiniSearch.loadJSON(text, { fields: ["title", "page", "text"], storeFields: ["id"] });
  expect(read.documentCount).toBe(docSections().length);
  expect(read.documentCount).toBeGreaterThan(100);
});
