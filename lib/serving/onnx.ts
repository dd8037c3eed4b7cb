import { AS_IT_IS, FILES_LIST } from "@/lib/serving/layout";
import type { ServingRuntime } from "@/lib/serving/serving-runtime";

/** Slipway's own model server (services/model-server): onnxruntime in a process of its own, Open Inference Protocol V2. */
export const onnx: ServingRuntime = {
  name: "onnx", title: "Slipway model server", formats: ["onnx"], needsCluster: false, maintained: true, whyNotLocal: null, needsImage: false,
  dialect: "slipway", load: { name: "slipway_in_flight", meaning: "requests in the server, the waiting ones included" },
  whyNot: (set) => {
    const models = set.paths?.filter((p) => /\.onnx$/i.test(p)) ?? [];
    return models.length > 1 ? `The version holds ${models.length} ONNX models, and the Slipway model server serves one. Upload the one to serve with its own weights.` : null;
  },
  pod: (input) => ({
    image: input.modelServerImage, command: ["node", "/app/model-server-pod.mjs"], args: [],
    env: {
      SLIPWAY_MODEL: input.model, SLIPWAY_PROJECT: input.project, SLIPWAY_DEPLOYMENT: input.deployment, SLIPWAY_REVISION: String(input.revision),
      SLIPWAY_QUEUE_LIMIT: String(input.queueLimit), SLIPWAY_THREADS: String(Math.max(1, Math.floor(input.cpuMillicores / 1000))),
      // The kernel ends the container at its limit without a word; the server ends itself a little before, and says why.
      SLIPWAY_MEMORY_MIB: String(Math.floor(input.memoryMib * 0.95)), SLIPWAY_FILES: FILES_LIST, SLIPWAY_PORT: "8080",
    },
    ports: { http: 8080, metrics: 8080 }, metricsPath: "/metrics",
    probes: { live: { path: "/v2/health/live" }, ready: { path: "/v2/health/ready" } },
    writable: [], sharedMemoryMib: 0, uid: 10_001, startBaseSeconds: 30, layout: AS_IT_IS,
  }),
};
