import { expect, test } from "vitest";
import { chooseRuntime, RUNTIMES, runtimeOffers } from "@/lib/serving/runtimes";
import type { ServedSet } from "@/lib/serving/serving-runtime";

const set = (format: string, paths: string[] | null, more: Partial<ServedSet> = {}): ServedSet => ({ format, paths, facts: {}, ownImage: false, ...more });
const chosen = (s: ServedSet, kind = "kubernetes", asked?: string) => { const c = chooseRuntime(s, kind, asked); return c.ok ? c.runtime.name : c.message; };

test.each<[string, ServedSet, string]>([
  ["an ONNX file", set("onnx", ["a.onnx"]), "onnx"],
  ["several ONNX models in a repository", set("onnx", ["m/config.pbtxt", "m/1/a.onnx", "m/1/b.onnx"]), "triton"],
  ["TorchScript in a repository", set("pytorch", ["m/config.pbtxt", "m/1/model.pt"], { facts: { container: "TorchScript" } }), "triton"],
  ["a folder of safetensors", set("safetensors", ["config.json", "tokenizer.json", "model.safetensors"]), "vllm"],
  ["one gguf", set("gguf", ["a.gguf"]), "vllm"],
  ["a joblib", set("pickle", ["a.joblib"]), "mlserver"],
  ["a .mar", set("mar", ["a.mar"]), "torchserve"],
  ["a bento with its image", set("bento", ["a.bento"], { ownImage: true }), "bentoml"],
])("%s is served", (_what, what, runtime) => expect(chosen(what)).toBe(runtime));

test.each<[string, ServedSet, string | undefined, RegExp]>([
  ["bare safetensors", set("safetensors", ["model.safetensors"]), undefined, /config\.json/],
  ["safetensors without a tokenizer", set("safetensors", ["config.json", "model.safetensors"]), undefined, /tokenizer/],
  ["a gguf in parts", set("gguf", ["a-1.gguf", "a-2.gguf"]), undefined, /one file/],
  ["TorchScript alone", set("pytorch", ["model.pt"], { facts: { container: "TorchScript" } }), undefined, /config\.pbtxt/],
  ["a state dict", set("pytorch", ["model.pt"], { facts: { container: "torch.save (zip)" } }), undefined, /torch\.jit\.save/],
  ["a bento without an image", set("bento", ["a.bento"]), undefined, /containerize/],
  ["ONNX on MLServer's own image", set("onnx", ["a.onnx"]), "mlserver", /no ONNX runtime/],
  ["two pickles", set("pickle", ["a.pkl", "b.pkl"]), undefined, /model-settings\.json/],
  ["ONNX on vLLM", set("onnx", ["a.onnx"]), "vllm", /does not serve onnx/],
])("%s is not, and the sentence says what to do", (_what, what, asked, reason) => expect(chosen(what, "kubernetes", asked)).toMatch(reason));

test("every runtime is offered or has its reason, and none but the model server on this machine", () => {
  const offers = runtimeOffers(set("onnx", ["a.onnx"]), "local");
  expect(offers.map((o) => o.runtime)).toEqual(RUNTIMES);
  expect(offers.filter((o) => o.whyNot === null).map((o) => o.runtime.name)).toEqual(["onnx"]);
});
