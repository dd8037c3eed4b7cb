import type { ServingRuntime } from "@/lib/serving/serving-runtime";

export const triton: ServingRuntime = {
  name: "triton", title: "NVIDIA Triton", formats: ["onnx", "pytorch"], needsCluster: true, maintained: true,
  whyNotLocal: "Triton runs as a container. Connect a cluster to deploy on it.",
};
