import { bentoml } from "@/lib/serving/bentoml";
import { image } from "@/lib/serving/image";
import { mlserver } from "@/lib/serving/mlserver";
import { onnx } from "@/lib/serving/onnx";
import type { ServingRuntime } from "@/lib/serving/serving-runtime";
import { torchserve } from "@/lib/serving/torchserve";
import { triton } from "@/lib/serving/triton";
import { vllm } from "@/lib/serving/vllm";

/** In order of preference: the first that serves a format is the default for it. */
export const RUNTIMES: readonly ServingRuntime[] = [onnx, triton, vllm, mlserver, torchserve, bentoml, image];

export type RuntimeChoice = { ok: true; runtime: ServingRuntime } | { ok: false; message: string };

/** The runtime that serves a format on a kind of target: the one asked for, or the first that can. The refusal is a sentence for the user. */
export function chooseRuntime(format: string, targetKind: string, asked?: string): RuntimeChoice {
  const local = targetKind === "local";
  const usable = (r: ServingRuntime) => r.formats.includes(format) && !(local && r.needsCluster);
  if (asked !== undefined) {
    const runtime = RUNTIMES.find((r) => r.name === asked);
    if (!runtime) return { ok: false, message: `There is no runtime "${asked}". Choose one of ${RUNTIMES.map((r) => r.name).join(", ")}.` };
    if (!runtime.formats.includes(format)) return { ok: false, message: `${runtime.title} does not serve ${format} (it serves ${runtime.formats.join(", ")}).` };
    return usable(runtime) ? { ok: true, runtime } : { ok: false, message: runtime.whyNotLocal ?? `${runtime.title} needs a cluster.` };
  }
  const runtime = RUNTIMES.find(usable);
  if (runtime) return { ok: true, runtime };
  const elsewhere = RUNTIMES.find((r) => r.formats.includes(format));
  return { ok: false, message: elsewhere?.whyNotLocal ?? `No runtime of Slipway serves ${format}. Convert the model to ONNX, safetensors or GGUF.` };
}
