import { asRecord, parseBoundedJson } from "./bounded-json";
import { checkChatTemplate } from "./chat-template";
import { plainText } from "./plain-text";
import { Refusal } from "./refusal";
import type { InspectionFinding, ReadableFile } from "./types";

const MAX_CONFIG_BYTES = 4 * 1024 * 1024;
const LIMITS = { maxDepth: 32, maxValues: 200_000 };
/** Keys of a Hugging Face config.json -> our names, the same that GGUF facts use. */
const KEYS: Record<string, string> = {
  // Later ones win: of an encoder and a decoder it is the decoder that keeps a cache.
  hidden_size: "hiddenSize", n_embd: "hiddenSize", d_model: "hiddenSize", num_hidden_layers: "layers", num_layers: "layers", n_layer: "layers", num_decoder_layers: "layers", decoder_layers: "layers",
  num_attention_heads: "attentionHeads", num_heads: "attentionHeads", n_head: "attentionHeads", decoder_attention_heads: "attentionHeads", d_kv: "headDim", max_target_positions: "contextLength", max_source_positions: "encoderLength",
  num_key_value_heads: "kvHeads", head_dim: "headDim", max_position_embeddings: "contextLength", n_positions: "contextLength", vocab_size: "vocabularySize",
  intermediate_size: "feedForwardSize", sliding_window: "slidingWindow", num_local_experts: "experts", num_experts: "experts", num_experts_per_tok: "expertsUsed",
};

export type ConfigReading = { facts: Record<string, string | number>; findings: InspectionFinding[]; carriesCode: boolean };

export async function readJsonFile(file: ReadableFile, maxBytes: number, maxValues: number): Promise<Record<string, unknown>> {
  if (file.sizeBytes > maxBytes) throw new Refusal("too_large_part", `${plainText(file.path)} is larger than ${maxBytes} bytes. Save the model again.`);
  const value = asRecord(parseBoundedJson(await file.read(0, file.sizeBytes), plainText(file.path), { ...LIMITS, maxValues }));
  if (!value) throw new Refusal("malformed_json", `${plainText(file.path)} is not a JSON object. Save the model again.`);
  return value;
}

/** Facts of config.json for the memory calculation; `auto_map` and hostile templates ask the runtime to run code, so they quarantine. */
export async function readConfig(file: ReadableFile): Promise<ConfigReading> {
  const config = await readJsonFile(file, MAX_CONFIG_BYTES, LIMITS.maxValues);
  const findings: InspectionFinding[] = [];
  if (asRecord(own(config, "auto_map"))) {
    findings.push({ severity: "danger", code: "remote_code", path: file.path, message: "The configuration asks the runtime to load Python classes by name (auto_map), possibly from another repository. Use a model type that the runtime has built in." });
  }
  for (const template of templatesOf(own(config, "chat_template"))) findings.push(checkChatTemplate(template, file.path));
  return { facts: /(^|\/)config\.json$/.test(file.path) ? configFacts(config) : {}, findings, carriesCode: findings.some(({ severity }) => severity === "danger") };
}

function configFacts(config: Record<string, unknown>): Record<string, string | number> {
  const facts: Record<string, string | number> = {};
  // Models for text and images keep the language model's numbers one level down.
  for (const source of [asRecord(own(config, "text_config")) ?? {}, config]) {
    for (const [key, fact] of Object.entries(KEYS)) {
      const value = own(source, key);
      if (typeof value === "number" && Number.isFinite(value) && value >= 0) facts[fact] = value;
    }
    const dtype = own(source, "torch_dtype") ?? own(source, "dtype");
    if (typeof dtype === "string") facts.computeDtype = plainText(dtype, 40);
  }
  const architectures = own(config, "architectures");
  if (Array.isArray(architectures) && typeof architectures[0] === "string") facts.architecture = plainText(architectures[0], 80);
  const modelType = own(config, "model_type");
  if (typeof modelType === "string") facts.modelType = plainText(modelType, 60);
  const quantization = asRecord(own(config, "quantization_config"));
  const method = quantization ? own(quantization, "quant_method") : undefined;
  if (typeof method === "string") facts.quantization = plainText(method, 40);
  const { hiddenSize, attentionHeads } = facts;
  if (facts.headDim === undefined && typeof hiddenSize === "number" && typeof attentionHeads === "number" && attentionHeads > 0) facts.headDim = hiddenSize / attentionHeads;
  return facts;
}

function templatesOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) => { const template = asRecord(item)?.template; return typeof template === "string" ? [template] : []; });
}

function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
