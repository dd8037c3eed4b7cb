import { AS_IT_IS, MODEL_DIR } from "@/lib/serving/layout";
import type { ServedSet, ServeInput, ServingRuntime } from "@/lib/serving/serving-runtime";

const CACHE = "/var/cache/vllm";
const isGguf = (path: string) => /\.gguf$/i.test(path);

/** vLLM, OpenAI's API. gguf is served from one file, and with fewer architectures than safetensors. */
export const vllm: ServingRuntime = {
  name: "vllm", title: "vLLM", formats: ["safetensors", "gguf"], needsCluster: true, maintained: true, needsImage: false,
  whyNotLocal: "vLLM runs as a container and wants a GPU. Connect a cluster to deploy on it.",
  dialect: "vllm", load: { name: "vllm:num_requests_running", meaning: "requests in the running batch" },
  whyNot,
  pod: (input) => ({
    image: input.ownImage ?? "vllm/vllm-openai:v0.33.0", command: ["vllm", "serve"],
    args: [
      modelPath(input), "--served-model-name", input.model, "--host", "0.0.0.0", "--port", "8000",
      ...(input.accelerators > 1 ? ["--tensor-parallel-size", String(input.accelerators)] : []), "--max-num-seqs", String(Math.min(256, Math.max(1, input.queueLimit))),
    ],
    env: {
      // The image has no account for our user id, and these libraries ask for its name.
      USER: "slipway", LOGNAME: "slipway",
      HF_HUB_OFFLINE: "1", TRANSFORMERS_OFFLINE: "1", VLLM_NO_USAGE_STATS: "1", DO_NOT_TRACK: "1",
      HF_HOME: `${CACHE}/huggingface`, VLLM_CACHE_ROOT: `${CACHE}/vllm`, VLLM_CONFIG_ROOT: `${CACHE}/config`, XDG_CACHE_HOME: CACHE, TORCHINDUCTOR_CACHE_DIR: `${CACHE}/inductor`, TRITON_CACHE_DIR: `${CACHE}/triton`,
    },
    ports: { http: 8000, metrics: 8000 }, metricsPath: "/metrics",
    probes: { live: { path: "/health" }, ready: { path: "/v1/models" } },
    writable: [{ name: "vllm-cache", mountPath: CACHE, sizeMib: 10_240 }],
    sharedMemoryMib: Math.min(16_384, Math.max(1024, Math.floor(input.memoryMib / 4))), uid: 10_001, startBaseSeconds: 300, layout: isGgufSet(input) ? { prefix: "", rename: { [input.paths.find(isGguf) ?? ""]: "model.gguf" }, write: {} } : AS_IT_IS,
  }),
};

const isGgufSet = (input: ServeInput) => input.format === "gguf";
/** A path of the user's never becomes an argument: the one file is renamed, a folder is the root. */
const modelPath = (input: ServeInput) => (isGgufSet(input) ? `${MODEL_DIR}/model.gguf` : MODEL_DIR);

function whyNot(set: ServedSet): string | null {
  if (set.paths === null) return null;
  if (set.format === "gguf") {
    const files = set.paths.filter(isGguf);
    return files.length > 1 ? `vLLM serves a gguf model from one file, and the version holds ${files.length}. Join them with llama-gguf-split --merge.` : null;
  }
  if (!set.paths.includes("config.json")) return "vLLM needs the model's config.json beside the weights. Upload the whole folder of the model, tokenizer included.";
  const tokenizer = set.paths.some((p) => /^(tokenizer\.json|tokenizer\.model|tokenizer_config\.json|vocab\.json|tekken\.json)$/.test(p));
  return tokenizer ? null : "vLLM needs the model's tokenizer beside the weights. Upload the whole folder of the model.";
}
