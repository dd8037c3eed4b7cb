import type { ServingRuntime } from "@/lib/serving/serving-runtime";

export const vllm: ServingRuntime = {
  name: "vllm", title: "vLLM", formats: ["safetensors", "gguf"], needsCluster: true, maintained: true,
  whyNotLocal: "vLLM runs as a container and wants a GPU. Connect a cluster to deploy on it.",
};
