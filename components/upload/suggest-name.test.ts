import { describe, expect, it } from "vitest";
import { slugSchema } from "@/lib/api/schema";
import { slugify, suggestModelName } from "./suggest-name";

describe("the name suggested for a model", () => {
  it.each([[["Silero VAD v5.onnx"], "silero-vad-v5"], [["bert-base/model.safetensors", "bert-base/config.json"], "bert-base"], [["model.onnx"], ""], [[], ""], [["Übersetzer.onnx"], "ubersetzer"]])("of %j is “%s”", (paths, name) => {
    expect(suggestModelName(paths)).toBe(name);
  });
  it.each(["---", "模型", "a".repeat(90), "-a-", `${"b".repeat(39)}-c`])("is always empty or a name the API takes: %s", (text) => {
    const name = slugify(text);
    expect(name === "" || slugSchema.safeParse(name).success).toBe(true);
  });
});
