import { expect, it } from "vitest";
import { assertBucketAllowed } from "./s3-allow-list";

const allows = (uri: string, list: string) => {
  try {
    assertBucketAllowed(uri, list);
    return true;
  } catch {
    return false;
  }
};

it("allows no bucket until one is named", () => {
  expect(allows("s3://models/a.onnx", "")).toBe(false);
  expect(() => assertBucketAllowed("s3://models/a.onnx", "")).toThrow(/SLIPWAY_IMPORT_BUCKETS/);
});

it("allows a named bucket whole, and of others no longer or shorter name", () => {
  expect(allows("s3://models/a.onnx", "other, models")).toBe(true);
  expect(allows("s3://models/", "s3://models")).toBe(true);
  expect(allows("s3://models-2/a.onnx", "models")).toBe(false);
  expect(allows("s3://model/a.onnx", "models")).toBe(false);
});

it("allows below a prefix only what is in that folder", () => {
  expect(allows("s3://models/public/a.onnx", "models/public")).toBe(true);
  expect(allows("s3://models/publicity/a.onnx", "models/public")).toBe(false);
  expect(allows("s3://models/a.onnx", "models/public/")).toBe(false);
  expect(allows("s3://models/", "models/public/")).toBe(false);
});
