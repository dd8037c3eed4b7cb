import { describe, expect, it } from "vitest";
import { PUBLISHED, setOf } from "@/lib/models/inspect/__corpus__/published-headers";
import { inspectSet } from "@/lib/models/inspect/inspect-set";
import { awsProfiles } from "@/lib/profiles/catalogue";
import { fit, type FitModel } from "@/lib/profiles/fit";
import { KNOWN_MODELS } from "@/lib/profiles/known-models";

const aws = awsProfiles("us-east-1", new Date("2026-08-01T00:00:00Z"));
const GIB = 1024 ** 3;

async function read(id: string) {
  const files = setOf(PUBLISHED.find((p) => p.id === id)!);
  const i = await inspectSet(files);
  expect(i.findings).toEqual([]);
  return { format: i.format, weightBytes: i.weightBytes, weightBytesByType: i.weightBytesByType, parameters: i.parameters, facts: i.facts, fileBytes: files.reduce((s, f) => s + f.sizeBytes, 0) };
}
const verdict = async (id: string, slug: string) => fit(await read(id), aws.find((p) => p.slug === slug)!);

// Headers built from the published configurations, read by the inspection that an upload goes through: nothing in between is made up.
describe.each(PUBLISHED.map((p) => [p.id, p] as const))("the header of %s", (id, p) => {
  it("holds the parameters that its makers count, in bytes of its datatype", async () => {
    const model = await read(id);
    expect(Number(model.parameters)).toBe(p.parameters);
    expect(model.weightBytes).toBe(p.parameters * (p.dtype === "F32" ? 4 : 2));
  });
  it("fits and does not fit where the list of known models says the same", async () => {
    const known = KNOWN_MODELS.find((m) => m.id === id)?.model;
    if (!known) return expect(id).toBe("gpt-2");
    const model = await read(id);
    // The list has some as ONNX, which takes a second copy in host memory: what an accelerator needs is the same.
    const gpus = aws.filter((x) => x.accelerator?.kind === "gpu" && x.capacityType === "on-demand");
    expect(gpus.length).toBeGreaterThan(20);
    const needed = (m: FitModel, x: (typeof gpus)[number]) => fit(m, x).bars[0]!.neededMib;
    expect(gpus.map((x) => needed(model, x))).toEqual(gpus.map((x) => needed(known, x)));
  });
});

it.each([
  ["llama-3.1-8b", "g4dn-xlarge", "does_not_fit"], ["llama-3.1-8b", "g6-xlarge", "tight"], ["llama-3.1-8b", "g6e-xlarge", "fits"], ["mistral-7b", "g5-xlarge", "fits"], ["qwen-2.5-7b", "g6-xlarge", "fits"], ["llama-2-7b", "g6e-xlarge", "fits"],
  ["phi-2", "g4dn-xlarge", "fits"], ["llama-3.1-70b", "p5-4xlarge", "does_not_fit"], ["llama-3.1-70b", "p5-48xlarge", "fits"], ["gpt-2", "g4dn-xlarge", "fits"], ["whisper-large", "g4dn-xlarge", "fits"], ["bert-base", "c7i-large", "fits"], ["vit-base", "g6-xlarge", "fits"], ["resnet-50", "c7i-large", "fits"],
] as const)("%s on %s: %s", async (id, slug, expected) => expect((await verdict(id, slug)).verdict).toBe(expected));

it("KV caches are those of the shapes: grouped heads, heads of their own, an encoder's positions beside the decoder's", async () => {
  const kv = async (id: string) => (await verdict(id, "p5-48xlarge")).bars[0]!.parts.find((p) => p.label.startsWith("KV cache"));
  // 2 × 32 layers × 8 heads × 128 × 2 bytes × 8,192 tokens × 4; Llama 2: 32 heads, 4,096 tokens.
  expect((await kv("llama-3.1-8b"))!.mib).toBe((2 * 32 * 8 * 128 * 2 * 8192 * 4) / (GIB / 1024));
  expect((await kv("llama-2-7b"))!.mib).toBe((2 * 32 * 32 * 128 * 2 * 4096 * 4) / (GIB / 1024));
  // GPT-2 and Phi-2 name no KV heads: each head has its own.
  expect((await kv("gpt-2"))!.mib).toBe((2 * 12 * 12 * 64 * 2 * 1024 * 4) / (GIB / 1024));
  expect((await kv("whisper-large"))!.mib).toBe(Math.ceil((2 * 32 * 20 * 64 * 2 * (448 + 1500) * 4) / (GIB / 1024)));
  expect(await kv("bert-base")).toBeUndefined();
});
