import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { buildTar, buildZip } from "./__corpus__/build-archives";
import { buildLinearModel, initializer, model, node, port } from "@/lib/samples/build-onnx";
import { callGlobal, torchStateDict } from "./__corpus__/build-pickles";
import { buildSafetensors, buildTinyLlama, ggufNumber, ggufString } from "./__corpus__/build-tensors";
import { int, part } from "@/lib/samples/protobuf-writer";
import { inspectSet } from "./inspect-set";
import { bufferFile } from "./slice";
import type { ReadableFile } from "./types";

const inspect = (files: Record<string, Uint8Array | string>) => inspectSet(Object.entries(files).map(([path, bytes]) => bufferFile(path, Buffer.from(bytes))));
const codes = (inspection: { findings: { code: string }[] }) => inspection.findings.map(({ code }) => code);
const shard = (name: string, dtype = "F16") => buildSafetensors({ __metadata__: { format: "pt" }, [name]: { dtype, shape: [2, 4], data_offsets: [0, 16] } }, Buffer.alloc(16));
const llamaConfig = JSON.stringify({ architectures: ["LlamaForCausalLM"], hidden_size: 64, num_hidden_layers: 2, num_attention_heads: 8, num_key_value_heads: 4, max_position_embeddings: 2048, vocab_size: 3, torch_dtype: "float16" });

describe("sound models", () => {
  test("sharded safetensors are summed, held against their index, and described by config.json", async () => {
    const inspection = await inspect({
      "model-00001-of-00002.safetensors": shard("a"), "model-00002-of-00002.safetensors": shard("b"),
      "model.safetensors.index.json": '{"weight_map":{"a":"model-00001-of-00002.safetensors","b":"model-00002-of-00002.safetensors"}}',
      "config.json": llamaConfig, "tokenizer.json": "{}", "README.md": "# A model", "vocab.txt": "c\na\n.\n[PAD]\n",
    });
    expect(inspection).toMatchObject({ verdict: "accepted", format: "safetensors", signature: null, parameters: 16n, weightBytes: 32, weightBytesByType: { F16: 32 }, findings: [] });
    expect(inspection.facts).toMatchObject({ architecture: "LlamaForCausalLM", contextLength: 2048, layers: 2, attentionHeads: 8, kvHeads: 4, headDim: 8, shards: 2, tensors: 2, framework: "pt", computeDtype: "float16" });
  });

  test("GGUF gives what the KV cache needs, and bytes by quantisation", async () => {
    const inspection = await inspect({ "tiny.gguf": buildTinyLlama([ggufString("tokenizer.chat_template", "{% for m in messages %}{{ m.content }}{% endfor %}")]) });
    expect(inspection).toMatchObject({ verdict: "accepted", format: "gguf", parameters: 256n, weightBytes: 108 + 256, weightBytesByType: { Q4_0: 108, F32: 256 } });
    expect(inspection.facts).toMatchObject({ architecture: "llama", quantization: "Q4_0", contextLength: 2048, layers: 2, hiddenSize: 64, attentionHeads: 8, kvHeads: 4, headDim: 8, vocabularySize: 3 });
    expect(codes(inspection)).toEqual(["chat_template"]);
  });

  test("a split GGUF with a part missing is refused with the count", async () => {
    const inspection = await inspect({ "m-00001-of-00003.gguf": buildTinyLlama([ggufNumber("split.no", 0), ggufNumber("split.count", 3)]) });
    expect(inspection.verdict).toBe("refused");
    expect(inspection.findings[0]).toMatchObject({ code: "shard_missing", message: expect.stringContaining("3 files") });
  });

  test("ONNX with its weights in a plain sibling is accepted, and the sibling is not judged on its own", async () => {
    const entry = (key: string, value: string) => part(13, part(1, key), part(2, value));
    const tensor = Buffer.concat([int(1, 4), int(2, 1), part(8, "w"), entry("location", "model.onnx_data"), entry("offset", "16"), entry("length", "16"), int(14, 1)]);
    const bytes = model([node("Add", ["x", "w"], ["y"]), initializer(tensor), port(11, "x", [4]), port(12, "y", [4])]);
    const inspection = await inspect({ "onnx/model.onnx": bytes, "onnx/model.onnx_data": Buffer.alloc(32, 0x80) });
    expect(inspection).toMatchObject({ verdict: "accepted", parameters: 4n, weightBytes: 16 });
    expect(codes(inspection)).toEqual(["external_data"]);
  });

  test("operators of an unknown domain are named, and those of the model's own functions are not", async () => {
    const bytes = model([node("F", ["x"], ["z"], part(7, "own")), node("G", ["z"], ["y"], part(7, "ai.onnx.contrib")), port(11, "x", [4]), port(12, "y", [4])], [part(25, part(1, "F"), part(10, "own"))]);
    const inspection = await inspect({ "model.onnx": bytes });
    expect(inspection.findings).toMatchObject([{ code: "custom_operators", severity: "warning", message: expect.stringMatching(/"ai\.onnx\.contrib"/) }]);
    expect(inspection.findings[0]?.message).not.toContain('"own"');
  });

  test("initializers listed among the inputs, as old exporters do, are not asked of a caller", async () => {
    const bytes = model([node("Add", ["x", "w"], ["y"]), initializer(Buffer.concat([int(1, 1), int(2, 1), part(8, "w"), part(9, Buffer.alloc(4))])), port(11, "x", [1]), port(11, "w", [1]), port(12, "y", [1])]);
    expect((await inspect({ "model.onnx": bytes })).signature?.inputs.map(({ name }) => name)).toEqual(["x"]);
  });

  test("a model named with the wrong extension is read as what it is, and says so", async () => {
    const inspection = await inspect({ "model.gguf": buildLinearModel({ inputs: 1, outputs: 1 }) });
    expect(inspection).toMatchObject({ verdict: "accepted", format: "onnx" });
    expect(codes(inspection)).toEqual(["extension_disagrees"]);
  });

  test("a binary that nobody knows beside a model is reported, not hidden", async () => {
    const inspection = await inspect({ "model.onnx": buildLinearModel({ inputs: 1, outputs: 1 }), "notes.dat": Buffer.from([1, 2, 3, 0, 255, 254]) });
    expect(inspection.verdict).toBe("accepted");
    expect(codes(inspection)).toEqual(["unknown_binary"]);
  });
});

describe("sound files that carry code wait for a person", () => {
  test("torch.save's zip: only imports that rebuild tensors, yet quarantined", async () => {
    const inspection = await inspect({ "model.pt": buildZip([{ name: "model/data.pkl", content: torchStateDict() }, { name: "model/data/0", content: Buffer.alloc(16, 0x80) }, { name: "model/version", content: Buffer.from("3\n") }]) });
    expect(inspection).toMatchObject({ verdict: "quarantined", format: "pytorch", facts: { container: "torch.save (zip)" }, parameters: null });
    expect(codes(inspection)).toEqual(["carries_code", "imports"]);
  });

  test("a TorchServe archive tells its model and handler", async () => {
    const manifest = { runtime: "python", model: { modelName: "resnet", handler: "handler.py", serializedFile: "model.pt", modelVersion: "1.0" } };
    const inspection = await inspect({ "resnet.mar": buildZip([{ name: "MAR-INF/MANIFEST.json", content: Buffer.from(JSON.stringify(manifest)), deflate: true }, { name: "handler.py", content: Buffer.from("def handle(d, c): pass") }]) });
    expect(inspection).toMatchObject({ verdict: "quarantined", format: "mar", facts: { modelName: "resnet", handler: "handler.py", runtime: "python" } });
  });

  test.each([["plain", (bytes: Buffer) => bytes], ["gzip", (bytes: Buffer) => gzipSync(bytes)]])("a %s bento tells its service", async (_kind, pack) => {
    const inspection = await inspect({ "iris.bento": pack(buildTar([{ name: "./", type: "5" }, { name: "./bento.yaml", content: "service: service:Iris\nname: iris\nversion: abc\nbentoml_version: 1.4.0\n" }])) });
    expect(inspection).toMatchObject({ verdict: "quarantined", format: "bento", facts: { service: "service:Iris", name: "iris", bentomlVersion: "1.4.0" } });
  });

  test("safetensors beside the same weights as a pickle: safetensors, but quarantined for the pickle", async () => {
    const inspection = await inspect({ "model.safetensors": shard("a"), "pytorch_model.bin": callGlobal("collections", "OrderedDict") });
    expect(inspection).toMatchObject({ verdict: "quarantined", format: "safetensors", parameters: 8n });
    expect(inspection.findings.find(({ code }) => code === "carries_code")?.path).toBe("pytorch_model.bin");
  });
});

test("inspection skips weights: a 2 GB model costs a handful of small reads", async () => {
  const dataBytes = 2 * 1024 ** 3;
  const head = buildSafetensors({ w: { dtype: "F32", shape: [dataBytes / 4], data_offsets: [0, dataBytes] } }, new Uint8Array(0));
  let bytesRead = 0;
  const file: ReadableFile = { path: "big.safetensors", sizeBytes: head.length + dataBytes, read: async (offset, length) => { bytesRead += length; return head.subarray(offset, offset + length); } };
  expect(await inspectSet([file])).toMatchObject({ verdict: "accepted", parameters: BigInt(dataBytes / 4), weightBytes: dataBytes });
  expect(bytesRead).toBeLessThan(16_384);
});

test("a reader that would run over its time is stopped and the file refused", async () => {
  const inspection = await inspectSet([bufferFile("m.onnx", buildLinearModel({ inputs: 1, outputs: 1 }))], { timeoutMsPerFile: -1 });
  expect(inspection).toMatchObject({ verdict: "refused", findings: [{ code: "too_slow" }] });
});
