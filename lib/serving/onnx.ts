import type { ServingRuntime } from "@/lib/serving/serving-runtime";

/** Slipway's own model server (services/model-server): onnxruntime in a process of its own, Open Inference Protocol V2. */
export const onnx: ServingRuntime = { name: "onnx", title: "Slipway model server", formats: ["onnx"], needsCluster: false, maintained: true, whyNotLocal: null };
