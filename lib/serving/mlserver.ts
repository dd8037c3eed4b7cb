import type { ServingRuntime } from "@/lib/serving/serving-runtime";

export const mlserver: ServingRuntime = {
  name: "mlserver", title: "MLServer", formats: ["onnx", "pickle"], needsCluster: true, maintained: true,
  whyNotLocal: "MLServer runs as a container. Connect a cluster to deploy on it.",
};
