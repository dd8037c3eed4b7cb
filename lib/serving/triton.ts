import { MODEL_DIR, type Layout } from "@/lib/serving/layout";
import type { ServedSet, ServeInput, ServingRuntime } from "@/lib/serving/serving-runtime";

const CONFIG = "config.pbtxt";
const isModel = (path: string) => /\.(onnx|pt|pth)$/i.test(path);
const isTorch = (format: string) => format === "pytorch";

/** NVIDIA Triton 26.07. A repository folder (config.pbtxt and numbered versions) is served as it is; of a single model one is made. */
export const triton: ServingRuntime = {
  name: "triton", title: "NVIDIA Triton", formats: ["onnx", "pytorch"], needsCluster: true, maintained: true, needsImage: false,
  whyNotLocal: "Triton runs as a container. Connect a cluster to deploy on it.",
  dialect: "triton", load: { name: "nv_inference_pending_request_count", meaning: "requests waiting to be run" },
  whyNot,
  pod: (input) => ({
    image: input.ownImage ?? "nvcr.io/nvidia/tritonserver:26.07-py3", command: ["tritonserver"],
    args: [
      `--model-repository=${MODEL_DIR}`, "--http-port=8000", "--allow-grpc=false", "--metrics-port=8002", "--metrics-config=histogram_latencies=true",
      // A model that does not load ends the server, so that the pod says so, instead of one that is up and serves nothing.
      "--exit-on-error=true", "--strict-readiness=true", "--exit-timeout-secs=60", "--disable-auto-complete-config=false",
    ],
    env: { CUDA_CACHE_PATH: "/tmp/nv-cache" },
    ports: { http: 8000, metrics: 8002 }, metricsPath: "/metrics",
    probes: { live: { path: "/v2/health/live" }, ready: { path: "/v2/health/ready" } },
    writable: [], sharedMemoryMib: 1024, uid: 1000, startBaseSeconds: 120, layout: layoutOf(input),
  }),
};

function whyNot(set: ServedSet): string | null {
  if (isTorch(set.format) && set.facts.container !== undefined && set.facts.container !== "TorchScript") return "Triton serves PyTorch models as TorchScript only. Save the model with torch.jit.save, or export it to ONNX.";
  if (set.paths === null) return null;
  const hasConfig = set.paths.some((p) => p.split("/").at(-1) === CONFIG);
  if (isTorch(set.format) && !hasConfig) return "A TorchScript file does not say what its inputs are. Upload a Triton repository folder with a config.pbtxt, or export the model to ONNX.";
  const models = set.paths.filter(isModel);
  return models.length > 1 && !hasConfig ? `The version holds ${models.length} models. Upload a Triton repository folder with a config.pbtxt, or one model.` : null;
}

/** `<model>/config.pbtxt` and `<model>/1/…`. Names inside an uploaded repository stay, but its folder takes the deployment's name. */
function layoutOf({ model, paths, format, accelerators }: ServeInput): Layout {
  const config = paths.find((p) => p.split("/").at(-1) === CONFIG);
  if (config !== undefined) {
    const folder = config.slice(0, -CONFIG.length);
    return { prefix: `${model}/`, rename: folder === "" ? {} : Object.fromEntries(paths.filter((p) => p.startsWith(folder)).map((p) => [p, p.slice(folder.length)])), write: {} };
  }
  const main = paths.find(isModel);
  // Weights in files of their own are named by the model, beside it: only the model itself takes another name.
  const folder = main?.includes("/") ? main.slice(0, main.lastIndexOf("/") + 1) : "";
  return {
    prefix: `${model}/1/`,
    rename: Object.fromEntries(paths.flatMap((p) => (p === main ? [[p, isTorch(format) ? "model.pt" : "model.onnx"]] : folder !== "" && p.startsWith(folder) ? [[p, p.slice(folder.length)]] : []))),
    write: { [`${model}/${CONFIG}`]: configOf(model, isTorch(format), accelerators) },
  };
}

/** Inputs and outputs are left out: Triton completes them from an ONNX file. `model` is a slug, so it needs no quoting of its own. */
function configOf(model: string, torch: boolean, accelerators: number): string {
  return [
    `name: "${model}"`, `backend: "${torch ? "pytorch" : "onnxruntime"}"`,
    `instance_group [ { count: 1 kind: ${accelerators > 0 ? "KIND_GPU" : "KIND_CPU"} } ]`,
    'model_metrics { metric_control: [ { metric_identifier: { family: "nv_inference_first_response_histogram_ms" } histogram_options: { buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] } } ] }',
    "",
  ].join("\n");
}
