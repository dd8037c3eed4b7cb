import { z } from "zod";
import { formatMib } from "@/lib/format/bytes";
import { contextLengthOf, encoderLengthOf, keepsKvCache, kvCacheBytesPerToken, type ModelFacts } from "./kv-cache";
import { DISK, MEMORY, READ_WHOLE, STORED_AS_LOADED, TIGHT_ABOVE } from "./memory-model";
import type { Profile } from "./schema";

export const fitBarSchema = z.object({
  what: z.enum(["accelerator", "memory", "disk"]),
  neededMib: z.number().nullable().describe("Sum of the parts; null when one of them is unknown"),
  parts: z.array(z.object({ label: z.string(), mib: z.number().nullable() })),
  capacityMib: z.number().nullable().describe("null: unknown, or (disk of a cluster) sized from the model"),
});
export type FitBar = z.infer<typeof fitBarSchema>;

export const fitSchema = z
  .object({ verdict: z.enum(["fits", "tight", "does_not_fit", "unknown"]), bars: z.array(fitBarSchema), decidedBy: z.string().describe("The sentence that decides the verdict") })
  .meta({ id: "Fit" });
export type Fit = z.infer<typeof fitSchema>;

/** What of an Inspection the fit reads. */
export type FitModel = {
  format: string;
  weightBytes: number | null;
  weightBytesByType: Record<string, number> | null;
  parameters: bigint | number | null;
  facts: ModelFacts;
  /** Size of all files of the version. */
  fileBytes: number;
};

export type FitOptions = {
  /** Tokens a sequence may hold; the model's own limit where smaller. Default 8,192. */
  context?: number;
  /** Sequences held at once. Default 4. */
  concurrency?: number;
};

type Parts = FitBar["parts"];
const MIB = 1024 ** 2;
const DEFAULT_CONTEXT = 8192;
const DEFAULT_CONCURRENCY = 4;

/** Memory and disk the model needs against what a replica of the profile has. What the header does not tell is unknown, never 0. */
export function fit(model: FitModel, profile: Profile, options: FitOptions = {}): Fit {
  const weights = weightsOf(model);
  const kv = kvCache(model, options);
  const bars = [
    ...(profile.accelerator ? [acceleratorBar(profile.accelerator, weights, kv)] : []),
    bar("memory", hostParts(model, profile, weights, kv), profile.memoryMib),
    diskBar(model, profile),
  ];
  if (profile.accelerator?.kind === "neuron") {
    return { verdict: "unknown", bars, decidedBy: `${profile.accelerator.name} runs models compiled for it; what the compiled model takes is not in this file's header.` };
  }
  return { bars, ...decide(bars, kv.sharded ? "" : severalAcceleratorsNote(profile)) };
}

function weightsOf(model: FitModel): Parts[number] {
  if (model.weightBytes !== null) {
    const types = Object.entries(model.weightBytesByType ?? {}).sort(([, a], [, b]) => b - a).map(([type]) => type);
    return { label: types.length > 0 ? `weights, ${types.slice(0, 3).join(" and ")} as stored` : "weights as stored", mib: model.weightBytes / MIB };
  }
  if (STORED_AS_LOADED.has(model.format)) return { label: "weights, taken from the size of the files", mib: model.fileBytes / MIB };
  return { label: "weights, which this format does not declare", mib: null };
}

type KvCache = { parts: Parts; sharded: boolean };

function kvCache(model: FitModel, options: FitOptions): KvCache {
  const keeps = keepsKvCache(model.format, model.facts);
  if (keeps === false) return { parts: [], sharded: false };
  if (keeps === null) {
    // Only safetensors can be a text generator without saying so; other formats are served without a cache of their own.
    return model.format === "safetensors" ? { parts: [{ label: "KV cache, if it generates text: the header does not say", mib: null }], sharded: true } : { parts: [], sharded: false };
  }
  const perToken = kvCacheBytesPerToken(model.facts);
  if (perToken === null) return { parts: [{ label: "KV cache: layers and heads are not in the header", mib: null }], sharded: true };
  const context = Math.min(options.context ?? DEFAULT_CONTEXT, contextLengthOf(model.facts) ?? Infinity);
  const concurrency = options.concurrency ?? DEFAULT_CONCURRENCY;
  const encoder = encoderLengthOf(model.facts);
  const label = `KV cache, ${concurrency} × ${context.toLocaleString("en-US")} tokens${encoder > 0 ? ` and ${encoder.toLocaleString("en-US")} positions of the encoder` : ""} in 16 bits`;
  return { parts: [{ label, mib: (perToken * (context + encoder) * concurrency) / MIB }], sharded: true };
}

function working(weights: Parts[number], least: number): Parts[number] {
  if (weights.mib !== null && weights.mib * MEMORY.workingShare < least) return { label: "working memory, the least that is set aside", mib: least };
  return { label: "working memory, a tenth of the weights", mib: weights.mib === null ? null : weights.mib * MEMORY.workingShare };
}

function acceleratorBar(accelerator: NonNullable<Profile["accelerator"]>, weights: Parts[number], kv: KvCache): FitBar {
  // Text generators are split over all accelerators of the instance; other models run whole on one of them.
  const used = kv.sharded ? accelerator.count : 1;
  const runtime = { label: `runtime, on ${used === 1 ? "one accelerator" : `${used} accelerators`}`, mib: MEMORY.acceleratorRuntimeMib * used };
  const parts = [weights, ...kv.parts, working(weights, MEMORY.acceleratorWorkingLeastMib), runtime];
  return bar("accelerator", parts, accelerator.memoryMibEach === null ? null : accelerator.memoryMibEach * used);
}

function hostParts(model: FitModel, profile: Profile, weights: Parts[number], kv: KvCache): Parts {
  if (profile.accelerator) {
    const whole = READ_WHOLE.has(model.format);
    const staged = weights.mib === null || whole ? weights.mib : Math.min(weights.mib, MEMORY.stagingMostMib);
    return [{ label: "server and libraries", mib: MEMORY.gpuServerHostMib }, { label: whole ? "weights while loading" : "files being loaded, one at a time", mib: staged }];
  }
  const server = { label: "server and runtime", mib: model.format === "onnx" ? MEMORY.onnxServerMib : MEMORY.gpuServerHostMib };
  // Loading a 200 MiB ONNX file peaked at twice its size before it settled at once: the file and the tensors stand side by side.
  const second = READ_WHOLE.has(model.format) ? [{ label: "second copy while loading", mib: weights.mib }] : [];
  return [server, weights, ...second, ...kv.parts, working(weights, MEMORY.workingLeastMib)];
}

function diskBar(model: FitModel, profile: Profile): FitBar {
  const files = { label: "model files", mib: model.fileBytes / MIB };
  if (profile.targetKind === "local") return bar("disk", [files], profile.diskGib === null ? null : profile.diskGib * 1024);
  const image = { label: "container image, an allowance", mib: profile.accelerator ? DISK.gpuImageMib : DISK.cpuImageMib };
  return bar("disk", [files, image, { label: "scratch and logs, an allowance", mib: DISK.scratchMib }], profile.diskSizedFromModel || profile.diskGib === null ? null : profile.diskGib * 1024);
}

function bar(what: FitBar["what"], parts: Parts, capacityMib: number | null): FitBar {
  const rounded = parts.map((p) => ({ label: p.label, mib: p.mib === null ? null : Math.ceil(p.mib) }));
  return { what, parts: rounded, capacityMib, neededMib: rounded.some((p) => p.mib === null) ? null : rounded.reduce((sum, p) => sum + p.mib!, 0) };
}

const NAMES = { accelerator: "accelerator memory", memory: "memory", disk: "disk" } as const;

function decide(bars: FitBar[], extra: string): Pick<Fit, "verdict" | "decidedBy"> {
  const least = (b: FitBar) => b.parts.reduce((sum, p) => sum + (p.mib ?? 0), 0);
  const share = (b: FitBar) => (b.capacityMib === null ? 0 : least(b) / b.capacityMib);
  const tightest = [...bars].sort((a, b) => share(b) - share(a))[0]!;
  const largest = [...tightest.parts].sort((a, b) => (b.mib ?? 0) - (a.mib ?? 0))[0]!;
  const needs = `${formatMib(least(tightest))} of ${formatMib(tightest.capacityMib)} ${NAMES[tightest.what]}, most of it ${largest.label}${extra}`;
  if (share(tightest) > 1) return { verdict: "does_not_fit", decidedBy: `It needs ${tightest.neededMib === null ? "at least " : ""}${needs}.` };
  // A disk of unknown size is a cluster's, which is sized from the model; memory that is unknown decides.
  const unknown = bars.find((b) => b.neededMib === null || (b.capacityMib === null && b.what !== "disk"));
  if (unknown) {
    const part = unknown.parts.find((p) => p.mib === null);
    return { verdict: "unknown", decidedBy: part ? `The ${NAMES[unknown.what]} it needs is unknown: ${part.label}.` : `The ${NAMES[unknown.what]} of this profile is not on file.` };
  }
  return share(tightest) > TIGHT_ABOVE ? { verdict: "tight", decidedBy: `It needs ${needs}: less than a tenth is left.` } : { verdict: "fits", decidedBy: `It needs ${needs}.` };
}

const severalAcceleratorsNote = (profile: Profile) => ((profile.accelerator?.count ?? 1) > 1 ? "; it runs on one accelerator, the others stay idle" : "");
