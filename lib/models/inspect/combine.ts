import type { Reading } from "./reading";
import { Refusal } from "./refusal";
import type { Inspection, InspectionFinding, ModelFormat } from "./types";

/** Which format a set has when it holds several: containers first, then what can be served without approval. */
const PRECEDENCE: ModelFormat[] = ["mar", "bento", "onnx", "safetensors", "gguf", "pytorch", "pickle"];

export type SetSummary = Pick<Inspection, "format" | "signature" | "parameters" | "weightBytes" | "weightBytesByType" | "facts"> & { findings: InspectionFinding[] };

/** Adds the readings of a set up to one description. Shards are summed; of several separate models the first by name speaks for the set. */
export function combineReadings(readings: Reading[]): SetSummary {
  const format = PRECEDENCE.find((candidate) => readings.some((reading) => reading.format === candidate)) ?? "unknown";
  const same = readings.filter((reading) => reading.format === format).sort((a, b) => order(a.path) - order(b.path) || (a.path < b.path ? -1 : 1));
  const first = same[0];
  if (!first) return { format, signature: null, parameters: null, weightBytes: null, weightBytesByType: null, facts: {}, findings: [] };

  const parts = format === "safetensors" ? same : format === "gguf" && first.facts.splitCount !== undefined ? splitParts(same) : [first];
  const findings: InspectionFinding[] = [];
  if (parts.length < same.length) {
    findings.push({ severity: "info", code: "several_models", path: first.path, message: `The set holds ${same.length} ${format} models; the description is of this one.` });
  }
  const parameters = parts.reduce<bigint | null>((sum, part) => (sum === null || part.parameters === null ? null : sum + part.parameters), 0n);
  const byType = parts.every((part) => part.weightBytesByType !== null) ? sumByType(parts) : null;
  const lead = format === "gguf" ? (parts.find((part) => part.facts.architecture !== undefined) ?? first) : first;
  const facts = { ...lead.facts };
  if (parts.length > 1) {
    facts.tensors = parts.reduce((sum, part) => sum + Number(part.facts.tensors ?? 0), 0);
    facts.shards = parts.length;
  }
  return { format, signature: first.signature, parameters, weightBytes: byType ? Object.values(byType).reduce((a, b) => a + b, 0) : null, weightBytesByType: byType, facts, findings };
}

const order = (path: string): number => (/(^|\/)model\.[a-z]+$/.test(path) ? 0 : 1);

function splitParts(same: Reading[]): Reading[] {
  const count = Number(same[0]?.facts.splitCount);
  const indexes = new Set(same.map((part) => part.facts.splitIndex));
  if (count > 1 && (same.length !== count || indexes.size !== count)) throw new Refusal("shard_missing", `This GGUF model was split into ${count} files, of which ${indexes.size} are here. Upload all of them together.`, same[0]?.path);
  return same;
}

function sumByType(parts: Reading[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const part of parts) for (const [type, bytes] of Object.entries(part.weightBytesByType ?? {})) sum[type] = (sum[type] ?? 0) + bytes;
  return sum;
}
