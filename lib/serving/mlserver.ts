import { MODEL_DIR, type Layout } from "@/lib/serving/layout";
import type { ServedSet, ServeInput, ServingRuntime } from "@/lib/serving/serving-runtime";

const SETTINGS = "model-settings.json";
const isModel = (path: string) => /\.(joblib|pkl|pickle)$/i.test(path);

/** MLServer 1.7.1. Its own image brings scikit-learn; it has no ONNX runtime, so for ONNX an image of one's own is needed. */
export const mlserver: ServingRuntime = {
  name: "mlserver", title: "MLServer", formats: ["onnx", "pickle"], needsCluster: true, maintained: true, needsImage: false,
  whyNotLocal: "MLServer runs as a container. Connect a cluster to deploy on it.",
  dialect: "mlserver", load: { name: "rest_server_requests_in_progress", meaning: "requests the server is answering" },
  whyNot,
  pod: (input) => ({
    image: input.ownImage ?? "seldonio/mlserver:1.7.1", command: ["mlserver"], args: ["start", MODEL_DIR],
    env: {
      MLSERVER_MODELS_DIR: MODEL_DIR, MLSERVER_HTTP_PORT: "8080", MLSERVER_GRPC_PORT: "8081", MLSERVER_METRICS_PORT: "8082", MLSERVER_METRICS_DIR: "/tmp/metrics",
      MLSERVER_PARALLEL_WORKERS: "0", MPLCONFIGDIR: "/tmp/matplotlib", NUMBA_CACHE_DIR: "/tmp/numba",
    },
    ports: { http: 8080, metrics: 8082 }, metricsPath: "/metrics",
    probes: { live: { path: "/v2/health/live" }, ready: { path: "/v2/health/ready" } },
    writable: [], sharedMemoryMib: 256, uid: 1000, startBaseSeconds: 90, layout: layoutOf(input),
  }),
};

function whyNot(set: ServedSet): string | null {
  if (set.format === "onnx" && !set.ownImage) return "MLServer's own image has no ONNX runtime. Use the Slipway model server or Triton, or give an image of your own that has one.";
  if (set.paths === null || set.paths.includes(SETTINGS)) return null;
  const models = set.paths.filter(isModel);
  if (set.format === "onnx") return `MLServer needs a ${SETTINGS} that names the implementation in your image. Upload one beside the model.`;
  return models.length === 1 ? null : `MLServer needs one .joblib or .pkl file, and the version holds ${models.length}. Upload one, or a ${SETTINGS} that says which.`;
}

function layoutOf({ model, paths }: ServeInput): Layout {
  if (paths.includes(SETTINGS)) return { prefix: "", rename: {}, write: {} };
  const main = paths.find(isModel);
  const file = /\.joblib$/i.test(main ?? "") ? "model.joblib" : "model.pkl";
  return {
    prefix: "", rename: main === undefined ? {} : { [main]: file },
    write: { [SETTINGS]: `${JSON.stringify({ name: model, implementation: "mlserver_sklearn.SKLearnModel", parameters: { uri: `./${file}` } })}\n` },
  };
}
