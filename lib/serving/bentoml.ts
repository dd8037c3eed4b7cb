import { AS_IT_IS } from "@/lib/serving/layout";
import type { ServingRuntime } from "@/lib/serving/serving-runtime";

/** An image built from a .bento (`bentoml containerize`). The model is in the image. */
export const bentoml: ServingRuntime = {
  name: "bentoml", title: "BentoML", formats: ["bento"], needsCluster: true, maintained: true, needsImage: true,
  whyNotLocal: "A bento carries code and becomes an image. Connect a cluster to deploy on it.",
  dialect: "bentoml", load: { name: "bentoml_service_request_in_progress", meaning: "requests the service is answering" },
  whyNot: (set) => (set.ownImage ? null : "A bento is served from an image built of it. Build it with bentoml containerize, push it, and give its name with the digest."),
  pod: (input) => ({
    image: input.ownImage ?? "", command: null, args: [],
    env: { PORT: "3000", BENTOML_HOME: "/tmp/bentoml", BENTOML_DO_NOT_TRACK: "True", PROMETHEUS_MULTIPROC_DIR: "/tmp/prometheus" },
    ports: { http: 3000, metrics: 3000 }, metricsPath: "/metrics",
    probes: { live: { path: "/livez" }, ready: { path: "/readyz" } },
    writable: [{ name: "prometheus", mountPath: "/tmp/prometheus", sizeMib: 64 }], sharedMemoryMib: 512, uid: 1034, startBaseSeconds: 120, layout: AS_IT_IS,
  }),
};
