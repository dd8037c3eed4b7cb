import type { ReadableFile } from "@/lib/models/inspect/types";

type Shape = readonly [name: string, ...dims: number[]];
/** A model as its makers publish it: config.json's own words, the tensors that follow from it, and the parameters they count. */
export type Published = { id: string; parameters: number; dtype: "BF16" | "F16" | "F32"; config: Record<string, unknown>; tensors: readonly Shape[] };

const linear = (name: string, inputs: number, outputs: number, bias = true): Shape[] => [[`${name}.weight`, outputs, inputs], ...(bias ? [[`${name}.bias`, outputs] as const] : [])];
const norm = (name: string, size: number, bias = true): Shape[] => [[`${name}.weight`, size], ...(bias ? [[`${name}.bias`, size] as const] : [])];
const repeat = (n: number, of: (i: number) => Shape[]): Shape[] => Array.from({ length: n }, (_, i) => of(i)).flat();

/** Llama, Mistral and Qwen2: grouped heads, gated feed-forward; `bias`: of query, key and value. */
function llama(c: { vocab_size: number; hidden_size: number; intermediate_size: number; num_hidden_layers: number; num_attention_heads: number; num_key_value_heads: number }, bias = false): Shape[] {
  const [h, f, kv] = [c.hidden_size, c.intermediate_size, (c.hidden_size / c.num_attention_heads) * c.num_key_value_heads];
  return [
    ["model.embed_tokens.weight", c.vocab_size, h],
    ...repeat(c.num_hidden_layers, (i) => {
      const at = `model.layers.${i}`;
      return [
        ...linear(`${at}.self_attn.q_proj`, h, h, bias), ...linear(`${at}.self_attn.k_proj`, h, kv, bias), ...linear(`${at}.self_attn.v_proj`, h, kv, bias), ...linear(`${at}.self_attn.o_proj`, h, h, false),
        ...linear(`${at}.mlp.gate_proj`, h, f, false), ...linear(`${at}.mlp.up_proj`, h, f, false), ...linear(`${at}.mlp.down_proj`, f, h, false), ...norm(`${at}.input_layernorm`, h, false), ...norm(`${at}.post_attention_layernorm`, h, false),
      ];
    }),
    ...norm("model.norm", h, false), ["lm_head.weight", c.vocab_size, h],
  ];
}

/** Encoder layers of BERT and ViT. */
const encoder = (n: number, h: number, f: number): Shape[] => repeat(n, (i) => [
  ...["query", "key", "value"].flatMap((p) => linear(`encoder.layer.${i}.attention.self.${p}`, h, h)), ...linear(`encoder.layer.${i}.attention.output.dense`, h, h), ...norm(`encoder.layer.${i}.attention.output.LayerNorm`, h),
  ...linear(`encoder.layer.${i}.intermediate.dense`, h, f), ...linear(`encoder.layer.${i}.output.dense`, f, h), ...norm(`encoder.layer.${i}.output.LayerNorm`, h),
]);

function whisper(c: { d_model: number; encoder_ffn_dim: number; encoder_layers: number; decoder_layers: number; num_mel_bins: number; vocab_size: number; max_source_positions: number; max_target_positions: number }): Shape[] {
  const h = c.d_model;
  const attention = (at: string) => [...linear(`${at}.q_proj`, h, h), ...linear(`${at}.k_proj`, h, h, false), ...linear(`${at}.v_proj`, h, h), ...linear(`${at}.out_proj`, h, h), ...norm(`${at}_layer_norm`, h)];
  const feedForward = (at: string) => [...linear(`${at}.fc1`, h, c.encoder_ffn_dim), ...linear(`${at}.fc2`, c.encoder_ffn_dim, h), ...norm(`${at}.final_layer_norm`, h)];
  return [
    ["model.encoder.conv1.weight", h, c.num_mel_bins, 3], ["model.encoder.conv1.bias", h], ["model.encoder.conv2.weight", h, h, 3], ["model.encoder.conv2.bias", h], ["model.encoder.embed_positions.weight", c.max_source_positions, h],
    ...repeat(c.encoder_layers, (i) => [...attention(`model.encoder.layers.${i}.self_attn`), ...feedForward(`model.encoder.layers.${i}`)]), ...norm("model.encoder.layer_norm", h),
    ["model.decoder.embed_tokens.weight", c.vocab_size, h], ["model.decoder.embed_positions.weight", c.max_target_positions, h],
    ...repeat(c.decoder_layers, (i) => [...attention(`model.decoder.layers.${i}.self_attn`), ...attention(`model.decoder.layers.${i}.encoder_attn`), ...feedForward(`model.decoder.layers.${i}`)]), ...norm("model.decoder.layer_norm", h),
  ];
}

function phi(c: { vocab_size: number; hidden_size: number; intermediate_size: number; num_hidden_layers: number }): Shape[] {
  const h = c.hidden_size;
  return [
    ["model.embed_tokens.weight", c.vocab_size, h],
    ...repeat(c.num_hidden_layers, (i) => {
      const at = `model.layers.${i}`;
      return [...["q_proj", "k_proj", "v_proj", "dense"].flatMap((p) => linear(`${at}.self_attn.${p}`, h, h)), ...linear(`${at}.mlp.fc1`, h, c.intermediate_size), ...linear(`${at}.mlp.fc2`, c.intermediate_size, h), ...norm(`${at}.input_layernorm`, h)];
    }),
    ...norm("model.final_layernorm", h), ...linear("lm_head", h, c.vocab_size),
  ];
}

function gpt2(c: { vocab_size: number; n_embd: number; n_positions: number; n_layer: number }): Shape[] {
  const h = c.n_embd;
  return [
    ["wte.weight", c.vocab_size, h], ["wpe.weight", c.n_positions, h],
    ...repeat(c.n_layer, (i) => [...norm(`h.${i}.ln_1`, h), ...linear(`h.${i}.attn.c_attn`, h, 3 * h), ...linear(`h.${i}.attn.c_proj`, h, h), ...norm(`h.${i}.ln_2`, h), ...linear(`h.${i}.mlp.c_fc`, h, 4 * h), ...linear(`h.${i}.mlp.c_proj`, 4 * h, h)]), ...norm("ln_f", h),
  ];
}

/** ResNet-50 as torchvision's: bottlenecks of 3, 4, 6 and 3. Parameters only: running means are buffers. */
function resnet50(): Shape[] {
  const conv = (name: string, inputs: number, outputs: number, size: number): Shape[] => [[`${name}.weight`, outputs, inputs, size, size], ...norm(`${name}.bn`, outputs)];
  let inputs = 64;
  const stage = (n: number, blocks: number, width: number) => repeat(blocks, (i) => {
    const at = `layer${n}.${i}`;
    const shapes = [...conv(`${at}.conv1`, inputs, width, 1), ...conv(`${at}.conv2`, width, width, 3), ...conv(`${at}.conv3`, width, 4 * width, 1), ...(i === 0 ? conv(`${at}.downsample`, inputs, 4 * width, 1) : [])];
    inputs = 4 * width;
    return shapes;
  });
  return [...conv("conv1", 3, 64, 7), ...stage(1, 3, 64), ...stage(2, 4, 128), ...stage(3, 6, 256), ...stage(4, 3, 512), ...linear("fc", 2048, 1000)];
}

const LLAMA_8B = { vocab_size: 128_256, hidden_size: 4096, intermediate_size: 14_336, num_hidden_layers: 32, num_attention_heads: 32, num_key_value_heads: 8, max_position_embeddings: 131_072 };
const LLAMA_70B = { ...LLAMA_8B, hidden_size: 8192, intermediate_size: 28_672, num_hidden_layers: 80, num_attention_heads: 64 };
const LLAMA_2 = { vocab_size: 32_000, hidden_size: 4096, intermediate_size: 11_008, num_hidden_layers: 32, num_attention_heads: 32, num_key_value_heads: 32, max_position_embeddings: 4096 };
const MISTRAL = { vocab_size: 32_000, hidden_size: 4096, intermediate_size: 14_336, num_hidden_layers: 32, num_attention_heads: 32, num_key_value_heads: 8, max_position_embeddings: 32_768, sliding_window: 4096 };
const QWEN = { vocab_size: 152_064, hidden_size: 3584, intermediate_size: 18_944, num_hidden_layers: 28, num_attention_heads: 28, num_key_value_heads: 4, max_position_embeddings: 32_768 };
const PHI = { vocab_size: 51_200, hidden_size: 2560, intermediate_size: 10_240, num_hidden_layers: 32, num_attention_heads: 32, max_position_embeddings: 2048 };
const WHISPER = { d_model: 1280, encoder_ffn_dim: 5120, encoder_layers: 32, encoder_attention_heads: 20, decoder_layers: 32, decoder_attention_heads: 20, num_hidden_layers: 32, num_mel_bins: 128, vocab_size: 51_866, max_source_positions: 1500, max_target_positions: 448 };
const GPT2 = { vocab_size: 50_257, n_embd: 768, n_positions: 1024, n_layer: 12, n_head: 12 };
const BERT = { hidden_size: 768, num_hidden_layers: 12, num_attention_heads: 12, intermediate_size: 3072, vocab_size: 30_522, max_position_embeddings: 512 };
const named = (architecture: string, model_type: string, config: object) => ({ architectures: [architecture], model_type, ...config });

/** Parameters as the released files count them; shapes as in the config.json of each release. */
export const PUBLISHED: readonly Published[] = [
  { id: "llama-3.1-8b", parameters: 8_030_261_248, dtype: "BF16", config: named("LlamaForCausalLM", "llama", LLAMA_8B), tensors: llama(LLAMA_8B) },
  { id: "llama-3.1-70b", parameters: 70_553_706_496, dtype: "BF16", config: named("LlamaForCausalLM", "llama", LLAMA_70B), tensors: llama(LLAMA_70B) },
  { id: "llama-2-7b", parameters: 6_738_415_616, dtype: "BF16", config: named("LlamaForCausalLM", "llama", LLAMA_2), tensors: llama(LLAMA_2) },
  { id: "mistral-7b", parameters: 7_241_732_096, dtype: "BF16", config: named("MistralForCausalLM", "mistral", MISTRAL), tensors: llama(MISTRAL) },
  { id: "qwen-2.5-7b", parameters: 7_615_616_512, dtype: "BF16", config: named("Qwen2ForCausalLM", "qwen2", QWEN), tensors: llama(QWEN, true) },
  { id: "phi-2", parameters: 2_779_683_840, dtype: "BF16", config: named("PhiForCausalLM", "phi", PHI), tensors: phi(PHI) },
  { id: "gpt-2", parameters: 124_439_808, dtype: "F32", config: named("GPT2LMHeadModel", "gpt2", GPT2), tensors: gpt2(GPT2) },
  { id: "whisper-large", parameters: 1_543_490_560, dtype: "F16", config: named("WhisperForConditionalGeneration", "whisper", WHISPER), tensors: whisper(WHISPER) },
  {
    id: "bert-base", parameters: 109_482_240, dtype: "F32", config: named("BertModel", "bert", BERT),
    tensors: [["embeddings.word_embeddings.weight", 30_522, 768], ["embeddings.position_embeddings.weight", 512, 768], ["embeddings.token_type_embeddings.weight", 2, 768], ...norm("embeddings.LayerNorm", 768), ...encoder(12, 768, 3072), ...linear("pooler.dense", 768, 768)],
  },
  {
    id: "vit-base", parameters: 86_567_656, dtype: "F32", config: named("ViTForImageClassification", "vit", { hidden_size: 768, num_hidden_layers: 12, num_attention_heads: 12, intermediate_size: 3072 }),
    tensors: [["embeddings.patch.weight", 768, 3, 16, 16], ["embeddings.patch.bias", 768], ["embeddings.cls_token", 1, 1, 768], ["embeddings.position", 1, 197, 768], ...encoder(12, 768, 3072), ...norm("layernorm", 768), ...linear("classifier", 768, 1000)],
  },
  { id: "resnet-50", parameters: 25_557_032, dtype: "F32", config: named("ResNetForImageClassification", "resnet", {}), tensors: resnet50() },
];

/** The set as it would be uploaded: config.json, and a safetensors file of which only the header is there. Reading a weight throws: nothing may need one. */
export function setOf({ dtype, config, tensors }: Published): ReadableFile[] {
  let at = 0;
  const header = Object.fromEntries(tensors.map(([name, ...shape]) => {
    const begin = at;
    at += shape.reduce((product, n) => product * n, 1) * (dtype === "F32" ? 4 : 2);
    return [name, { dtype, shape, data_offsets: [begin, at] }];
  }));
  const text = Buffer.from(JSON.stringify(header));
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(BigInt(text.length));
  return [file("config.json", Buffer.from(JSON.stringify(config)), 0), file("model.safetensors", Buffer.concat([start, text]), at)];
}

/** `beyond`: bytes of weights after what is there. */
function file(path: string, there: Buffer, beyond: number): ReadableFile {
  return {
    path, sizeBytes: there.length + beyond,
    read: async (offset, length) => {
      const end = Math.min(offset + length, there.length + beyond);
      // The head that tells the format may reach past a short header.
      return Buffer.concat([there.subarray(offset, Math.min(end, there.length)), Buffer.alloc(Math.max(0, Math.min(end, there.length + 65_536) - Math.max(offset, there.length)))]);
    },
  };
}
