import { capital } from "@/lib/format/capital";

const NAMES: Record<string, string> = { opset: "Opset", irVersion: "IR version", producer: "Producer", contextLength: "Context length", blockCount: "Layers", quantization: "Quantisation" };

/** A fact's name for people: `headCountKv` becomes “Head count kv” where no better word is known. */
export function factName(name: string): string {
  const words = name.replace(/[._-]+/g, " ").replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return NAMES[name] ?? capital(words);
}
