import { expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { tusError } from "./tus-problem";
import { checkUploadMetadata } from "./upload-metadata";

const refusal = (raw: Record<string, string | null> | undefined) => {
  try {
    return JSON.stringify(checkUploadMetadata(raw));
  } catch (error) {
    return [...new Set((error as AppError).fields!.map((f) => f.path))].join(",");
  }
};

it("takes the names that clients send under either word, and leaves out what is absent", () => {
  expect(checkUploadMetadata({ filename: "m.onnx", path: "w/m.onnx", sha256: "a".repeat(64), contentType: "x/y" })).toEqual({ filename: "m.onnx", path: "w/m.onnx", sha256: "a".repeat(64), contentType: "x/y" });
  expect(checkUploadMetadata({ name: "m.onnx", relativePath: "w/m.onnx", filetype: "x/y" })).toEqual({ filename: "m.onnx", path: "w/m.onnx", contentType: "x/y" });
  expect(Object.keys(checkUploadMetadata({ filename: "m", path: null }))).toEqual(["filename"]);
});

it.each(["", ".", "..", "a/b", "a\\b", "a\u0000b", "a\u001fb", "a\u007fb", "x".repeat(256)])("a file's name is not %j", (filename) => expect(refusal({ filename })).toBe("filename"));
it.each(["...", " ", "a".repeat(255), "modèle.onnx", "..x"])("a file's name may be %j", (filename) => expect(checkUploadMetadata({ filename })).toEqual({ filename }));
it.each(["", "/a", "a/", "a//b", "./a", "a/..", "../a", "a/./b", "a\\b", "a\u0000", "a\u001f", "x".repeat(1025)])("a path is not %j", (path) => expect(refusal({ filename: "m", path })).toBe("path"));
it.each(["a", "a/b/c.bin", "..a/b", `${"x/".repeat(511)}yy`])("a path may be %j", (path) => expect(checkUploadMetadata({ filename: "m", path })).toEqual({ filename: "m", path }));
it.each(["a".repeat(63), "a".repeat(65), "A".repeat(64), "g".repeat(64), `${"a".repeat(64)}\n`, `x${"a".repeat(64)}`])("a hash is not %j", (sha256) => expect(refusal({ filename: "m", sha256 })).toBe("sha256"));

it("says all that is wrong, in one sentence", () => {
  expect(refusal(undefined)).toBe("filename");
  expect(refusal({ filename: "..", path: "/", contentType: "x".repeat(201) })).toBe("filename,path,contentType");
  expect(() => checkUploadMetadata({ filename: "..", sha256: "x" })).toThrow(/^The Upload-Metadata header is not usable: filename must be a plain file name; sha256 must be 64 lower-case hexadecimal digits\.$/);
});

it("an error of the protocol keeps its sentence and status; anything else says nothing of itself", () => {
  const own = new AppError("quota_exceeded", "full");
  expect(tusError(own)).toBe(own);
  expect(tusError({ status_code: 423, body: "locked\n" })).toMatchObject({ code: "upload_locked", message: "locked", extra: { tusStatus: 423 } });
  expect(tusError({ status_code: 409 })).toMatchObject({ code: "conflict", message: "The upload request is not valid." });
  for (const fault of [new Error("/secret/path"), { status_code: 500, body: "/secret/path" }, { body: "/secret/path" }]) {
    expect(tusError(fault).code).toBe("internal");
    expect(tusError(fault).message).not.toContain("secret");
  }
});
