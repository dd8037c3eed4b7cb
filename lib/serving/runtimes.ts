import { bentoml } from "@/lib/serving/bentoml";
import { image } from "@/lib/serving/image";
import { mlserver } from "@/lib/serving/mlserver";
import { onnx } from "@/lib/serving/onnx";
import type { ServedSet, ServingRuntime } from "@/lib/serving/serving-runtime";
import { torchserve } from "@/lib/serving/torchserve";
import { triton } from "@/lib/serving/triton";
import { vllm } from "@/lib/serving/vllm";

/** In order of preference: the first that serves a set is the default for it. */
export const RUNTIMES: readonly ServingRuntime[] = [onnx, triton, vllm, mlserver, torchserve, bentoml, image];

export type RuntimeChoice = { ok: true; runtime: ServingRuntime } | { ok: false; message: string };

/** Throws for a name that no revision can have. */
export function runtimeNamed(name: string): ServingRuntime {
  const runtime = RUNTIMES.find((r) => r.name === name);
  if (!runtime) throw new Error(`There is no runtime ${JSON.stringify(name)}.`);
  return runtime;
}

/** Why a runtime cannot serve a set on a kind of target, in a sentence that says what to do; null: it can. */
export function whyNotServed(runtime: ServingRuntime, set: ServedSet, targetKind: string): string | null {
  if (!runtime.formats.includes(set.format)) return `${runtime.title} does not serve ${set.format} (it serves ${runtime.formats.join(", ")}).`;
  if (targetKind === "local" && runtime.needsCluster) return runtime.whyNotLocal ?? `${runtime.title} needs a cluster.`;
  return runtime.whyNot(set);
}

/** Every runtime with the reason it cannot serve the set; for the wizard. */
export function runtimeOffers(set: ServedSet, targetKind: string): { runtime: ServingRuntime; whyNot: string | null }[] {
  return RUNTIMES.map((runtime) => ({ runtime, whyNot: whyNotServed(runtime, set, targetKind) }));
}

/** The runtime that serves a set on a kind of target: the one asked for, or the first that can. The refusal is a sentence for the user. */
export function chooseRuntime(what: string | ServedSet, targetKind: string, asked?: string): RuntimeChoice {
  const set: ServedSet = typeof what === "string" ? { format: what, paths: null, facts: {}, ownImage: false } : what;
  if (asked !== undefined) {
    const runtime = RUNTIMES.find((r) => r.name === asked);
    if (!runtime) return { ok: false, message: `There is no runtime "${asked}". Choose one of ${RUNTIMES.map((r) => r.name).join(", ")}.` };
    const reason = whyNotServed(runtime, set, targetKind);
    return reason === null ? { ok: true, runtime } : { ok: false, message: reason };
  }
  const offers = runtimeOffers(set, targetKind);
  const found = offers.find((o) => o.whyNot === null);
  if (found) return { ok: true, runtime: found.runtime };
  const nearest = offers.find((o) => o.runtime.formats.includes(set.format));
  return { ok: false, message: nearest?.whyNot ?? `No runtime of Slipway serves ${set.format}. Convert the model to ONNX, safetensors or GGUF.` };
}
