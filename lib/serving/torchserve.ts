import { MODEL_DIR } from "@/lib/serving/layout";
import type { ServingRuntime } from "@/lib/serving/serving-runtime";

const CONFIG = "config.properties";
const isArchive = (path: string) => /\.mar$/i.test(path);

/** TorchServe 0.12.0, the last one: its makers have stopped. */
export const torchserve: ServingRuntime = {
  name: "torchserve", title: "TorchServe", formats: ["mar"], needsCluster: true, maintained: false, needsImage: false,
  whyNotLocal: "TorchServe runs the code inside the archive, so it runs as a restricted container. Connect a cluster to deploy on it.",
  dialect: "torchserve", load: null,
  whyNot: (set) => {
    const archives = set.paths?.filter(isArchive).length ?? 1;
    return archives === 1 ? null : `TorchServe serves one .mar archive a deployment, and the version holds ${archives}.`;
  },
  pod: (input) => ({
    image: input.ownImage ?? `pytorch/torchserve:0.12.0-${input.accelerators > 0 ? "gpu" : "cpu"}`, command: ["torchserve"],
    args: ["--start", "--foreground", "--model-store", MODEL_DIR, "--models", `${input.model}=model.mar`, "--ts-config", `${MODEL_DIR}/${CONFIG}`],
    env: { LOG_LOCATION: "/tmp/logs", METRICS_LOCATION: "/tmp/logs", TEMP: "/tmp" },
    ports: { http: 8080, metrics: 8082 }, metricsPath: "/metrics",
    probes: { live: { path: "/ping" }, ready: { path: "/ping" } },
    writable: [{ name: "server-temp", mountPath: "/home/model-server/tmp", sizeMib: 2048 }], sharedMemoryMib: 512, uid: 1000, startBaseSeconds: 120,
    layout: {
      prefix: "", rename: Object.fromEntries(input.paths.filter(isArchive).slice(0, 1).map((p) => [p, "model.mar"])),
      write: {
        // It binds to loopback, asks for a token of its own and keeps metrics in a log unless told otherwise. The management port stays on loopback.
        [CONFIG]: `${["inference_address=http://0.0.0.0:8080", "management_address=http://127.0.0.1:8081", "metrics_address=http://0.0.0.0:8082", "metrics_mode=prometheus", "disable_token_authorization=true", "enable_model_api=false", "install_py_dep_per_model=false", `job_queue_size=${input.queueLimit}`].join("\n")}\n`,
      },
    },
  }),
};
