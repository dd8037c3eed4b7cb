import { describe, expect, it } from "vitest";
import { importRequestSchema } from "@/lib/models/import/schema";
import { importOf, type ImportFields } from "./import-of";

const empty: ImportFields = { url: "", filename: "", repo: "", revision: "", patterns: "", tokenSecret: "", uri: "", region: "", image: "", pullSecret: "" };

describe("the import form", () => {
  it.each([
    ["url", { url: " https://example.com/m.onnx " }, { url: "https://example.com/m.onnx" }],
    ["huggingFace", { repo: "owner/name", patterns: "*.onnx, , config.json" }, { huggingFace: { repo: "owner/name", allowPatterns: ["*.onnx", "config.json"] } }],
    ["s3", { uri: "s3://bucket/prefix/" }, { s3: { uri: "s3://bucket/prefix/" } }],
  ] as const)("makes of %s what the API takes, without what was left empty", (kind, fields, request) => {
    const made = importOf(kind, { ...empty, ...fields });
    expect(made.import).toEqual(request);
    expect(importRequestSchema.safeParse(made.import).success).toBe(true);
  });
  it("tells the field that is wrong, by the schema of its kind", () => {
    const made = importOf("url", { ...empty, url: "http://example.com/m.onnx" });
    expect(made.schema.safeParse(made.import).error?.issues.map((i) => i.path.join("."))).toEqual(["url"]);
  });
});
