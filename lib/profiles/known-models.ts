import type { FitModel } from "@/lib/profiles/fit";

export type KnownModel = { id: string; name: string; what: string; model: FitModel };

const model = (format: string, parameters: number, type: "BF16" | "F16" | "F32", facts: FitModel["facts"]): FitModel => {
  const bytes = parameters * (type === "F32" ? 4 : 2);
  return { format, parameters, weightBytes: bytes, weightBytesByType: { [type]: bytes }, facts, fileBytes: bytes + 50_000 };
};
const llm = (parameters: number, architecture: string, layers: number, heads: number, kvHeads: number, hiddenSize: number, contextLength: number) =>
  model("safetensors", parameters, "BF16", { architecture, num_hidden_layers: layers, num_attention_heads: heads, num_key_value_heads: kvHeads, hidden_size: hiddenSize, max_position_embeddings: contextLength });

/** Published configurations: parameters as counted in the released files, shapes as in their config.json. What a reader without a file of their own starts from. */
export const KNOWN_MODELS: readonly KnownModel[] = [
  { id: "resnet-50", name: "ResNet-50", what: "image classifier, ONNX", model: model("onnx", 25_557_032, "F32", { opset: 17 }) },
  { id: "vit-base", name: "ViT base", what: "image classifier, ONNX", model: model("onnx", 86_567_656, "F32", {}) },
  { id: "bert-base", name: "BERT base", what: "text encoder", model: model("safetensors", 109_482_240, "F32", { architecture: "BertModel", num_hidden_layers: 12, num_attention_heads: 12, hidden_size: 768 }) },
  { id: "whisper-large", name: "Whisper large", what: "speech to text", model: model("safetensors", 1_543_490_560, "F16", { architecture: "WhisperForConditionalGeneration", num_hidden_layers: 32, num_attention_heads: 20, hidden_size: 1280, contextLength: 448, encoderLength: 1500 }) },
  { id: "sdxl-unet", name: "SDXL UNet", what: "image generator", model: model("safetensors", 2_567_463_684, "F16", { architecture: "UNet2DConditionModel" }) },
  { id: "phi-2", name: "Phi-2", what: "text generator", model: llm(2_779_683_840, "PhiForCausalLM", 32, 32, 32, 2560, 2048) },
  { id: "llama-2-7b", name: "Llama 2 7B", what: "text generator", model: llm(6_738_415_616, "LlamaForCausalLM", 32, 32, 32, 4096, 4096) },
  { id: "mistral-7b", name: "Mistral 7B", what: "text generator", model: llm(7_241_732_096, "MistralForCausalLM", 32, 32, 8, 4096, 32_768) },
  { id: "qwen-2.5-7b", name: "Qwen2.5 7B", what: "text generator", model: llm(7_615_616_512, "Qwen2ForCausalLM", 28, 28, 4, 3584, 32_768) },
  { id: "llama-3.1-8b", name: "Llama 3.1 8B", what: "text generator", model: llm(8_030_261_248, "LlamaForCausalLM", 32, 32, 8, 4096, 131_072) },
  { id: "llama-3.1-70b", name: "Llama 3.1 70B", what: "text generator", model: llm(70_553_706_496, "LlamaForCausalLM", 80, 64, 8, 8192, 131_072) },
];

/** The model of an id. Throws Error for an id that is not on the list: ids are ours. */
export function knownModel(id: string): KnownModel {
  const found = KNOWN_MODELS.find((m) => m.id === id);
  if (!found) throw new Error(`no known model ${id}`);
  return found;
}
