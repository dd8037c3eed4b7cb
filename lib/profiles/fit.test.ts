import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { awsProfiles } from "./catalogue";
import { fit, fitSchema, type FitModel } from "./fit";
import { knownModel } from "./known-models";
import { kvCacheBytesPerToken } from "./kv-cache";
import { localProfiles } from "./local-profiles";

const NOW = new Date("2026-08-01T00:00:00Z");
const aws = awsProfiles("us-east-1", NOW);
const on = (slug: string) => aws.find((p) => p.slug === slug) ?? expect.fail(`no profile ${slug}`);
const KIB = 1024;

const known = (id: string): FitModel => knownModel(id).model;
const [llama8b, mistral7b, qwen7b, llama2_7b, phi2, llama70b] = [known("llama-3.1-8b"), known("mistral-7b"), known("qwen-2.5-7b"), known("llama-2-7b"), known("phi-2"), known("llama-3.1-70b")];
const [bertBase, resnet50, whisperLarge, sdxlUnet, vitBase] = [known("bert-base"), known("resnet-50"), known("whisper-large"), known("sdxl-unet"), known("vit-base")];

describe("KV cache of published configurations, per token", () => {
  it.each([["Llama 3.1 8B", llama8b, 128], ["Mistral 7B", mistral7b, 128], ["Qwen2.5 7B", qwen7b, 56], ["Llama 2 7B", llama2_7b, 512], ["Phi-2", phi2, 320], ["Llama 3.1 70B", llama70b, 320]] as const)(
    "%s: %#", (_name, m, kib) => expect(kvCacheBytesPerToken(m.facts)).toBe(kib * KIB));
  it("reads GGUF keys, and head sizes that differ from hidden / heads", () => {
    expect(kvCacheBytesPerToken({ "llama.block_count": 32, "llama.attention.head_count": 32, "llama.attention.head_count_kv": 8, "llama.embedding_length": 4096 })).toBe(128 * KIB);
    expect(kvCacheBytesPerToken({ layers: 28, heads: 16, kvHeads: 16, hiddenSize: 3072, headDim: 256 })).toBe(448 * KIB);
  });
  it("is unknown without layers or heads", () => expect(kvCacheBytesPerToken({ layers: 32 })).toBeNull());
});

describe("published models on AWS profiles", () => {
  it.each([
    ["Llama 3.1 8B in bf16 needs more than a T4", llama8b, "g4dn-xlarge", "does_not_fit"],
    ["Llama 3.1 8B in bf16 is tight on an L4 with 4 × 8k tokens", llama8b, "g6-xlarge", "tight"],
    ["Llama 3.1 8B in bf16 fits an L40S", llama8b, "g6e-xlarge", "fits"],
    ["Mistral 7B fits an A10G", mistral7b, "g5-xlarge", "fits"],
    ["Qwen2.5 7B fits an L4", qwen7b, "g6-xlarge", "fits"],
    ["Llama 2 7B, without grouped heads, fits an L40S", llama2_7b, "g6e-xlarge", "fits"],
    ["Phi-2 fits a T4", phi2, "g4dn-xlarge", "fits"],
    ["Llama 3.1 70B does not fit one H100", llama70b, "p5-4xlarge", "does_not_fit"],
    ["Llama 3.1 70B fits four L40S together, with just over a tenth left", llama70b, "g6e-12xlarge", "fits"],
    ["Llama 3.1 70B fits eight H100", llama70b, "p5-48xlarge", "fits"],
    ["BERT base fits a T4", bertBase, "g4dn-xlarge", "fits"],
    ["BERT base fits two vCPUs with 4 GiB", bertBase, "c7i-large", "fits"],
    ["ResNet-50 fits two vCPUs with 4 GiB", resnet50, "c7i-large", "fits"],
    ["Whisper large fits a T4", whisperLarge, "g4dn-xlarge", "fits"],
    ["the SDXL UNet fits a T4", sdxlUnet, "g4dn-xlarge", "fits"],
    ["ViT base fits an L4", vitBase, "g6-xlarge", "fits"],
    ["Llama 3.1 8B does not fit 4 GiB of host memory", llama8b, "c7i-large", "does_not_fit"],
  ] as const)("%s", (_name, m, slug, verdict) => expect(fit(m, on(slug))).toMatchObject({ verdict, decidedBy: expect.stringMatching(/^It needs /) }));

  it("shows the worked example: Llama 3.1 8B, one sequence of 8,192 tokens", () => {
    const { bars } = fit(llama8b, on("g6-xlarge"), { concurrency: 1 });
    expect(bars[0]).toEqual({ what: "accelerator", capacityMib: 22_888, neededMib: 15_317 + 1024 + 1532 + 1024, parts: [
      { label: "weights, BF16 as stored", mib: 15_317 }, { label: "KV cache, 1 × 8,192 tokens in 16 bits", mib: 1024 },
      { label: "working memory, a tenth of the weights", mib: 1532 }, { label: "runtime, on one accelerator", mib: 1024 }] });
  });
  it("never plans a context longer than the model's own", () => expect(fit(phi2, on("g4dn-xlarge"), { context: 100_000 }).bars[0]?.parts[1]?.label).toContain("2,048 tokens"));
  it("a model that is not split runs on one of several accelerators, and says so", () => {
    const { bars, decidedBy } = fit(sdxlUnet, on("g5-12xlarge"));
    expect([bars[0]?.capacityMib, decidedBy]).toEqual([22_888, expect.stringContaining("others stay idle")]);
  });
});

describe("what the header does not tell stays unknown", () => {
  it("safetensors without a configuration may need a KV cache", () => expect(fit({ ...bertBase, facts: {} }, on("g6-xlarge"))).toMatchObject({ verdict: "unknown", decidedBy: expect.stringContaining("KV cache") }));
  it("but weights alone that exceed the memory do not fit, whatever the rest", () => {
    expect(fit({ ...llama70b, facts: {} }, on("g6-xlarge"))).toMatchObject({ verdict: "does_not_fit", decidedBy: expect.stringContaining("at least") });
  });
  it("a pickle's weights are unknown; a gguf's are those of its files", () => {
    const pickle = { format: "pickle", weightBytes: null, weightBytesByType: null, parameters: null, facts: {}, fileBytes: 5e8 };
    expect(fit(pickle, on("m7i-large")).verdict).toBe("unknown");
    expect(fit({ ...pickle, format: "gguf", facts: { layers: 32, heads: 32, hiddenSize: 4096 } }, on("g6-xlarge"))).toMatchObject({ verdict: "fits" });
  });
  it("Inferentia is unknown, not a fit", () => expect(fit(resnet50, on("inf2-xlarge")).verdict).toBe("unknown"));
  it("a cluster's disk is sized from the model and never decides", () => expect(fit(llama70b, on("p5-48xlarge")).bars.find((b) => b.what === "disk")).toMatchObject({ capacityMib: null }));
});

describe("this machine", () => {
  const [small] = localProfiles({ cores: 2, memoryMib: 8192, diskGib: 1, architecture: "amd64" }, null, NOW);
  it("ResNet-50 in ONNX fits the small profile", () => expect(fit(resnet50, small!)).toMatchObject({ verdict: "fits" }));
  it("a file larger than the disk does not fit", () => expect(fit({ ...resnet50, fileBytes: 2 * 1024 ** 3 }, small!)).toMatchObject({ verdict: "does_not_fit", decidedBy: expect.stringContaining("disk") }));
});

it("for any weights: valid to the schema, more weights never fit better, a bar is the sum of its parts", () => {
  const order = ["fits", "tight", "does_not_fit"];
  fc.assert(fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), fc.constantFrom(...aws.filter((p) => p.accelerator?.kind !== "neuron")), (a, b, profile) => {
    const [less, more] = [Math.min(a, b), Math.max(a, b)].map((gb) => fit({ ...resnet50, parameters: gb * 2.5e8, weightBytes: gb * 1e9, weightBytesByType: { F32: gb * 1e9 }, fileBytes: gb * 1e9 }, profile));
    expect(fitSchema.parse(less)).toEqual(less);
    expect(order.indexOf(less!.verdict)).toBeLessThanOrEqual(order.indexOf(more!.verdict));
    for (const { parts, neededMib } of less!.bars) expect(parts.reduce((sum, p) => sum + p.mib!, 0)).toBe(neededMib);
  }));
});
