import { AS_IT_IS } from "@/lib/serving/layout";
import type { ServingRuntime } from "@/lib/serving/serving-runtime";

/** Any container image by digest: FastAPI, Flask, your own. It listens on $PORT, 8080, and answers when it is ready. */
export const image: ServingRuntime = {
  name: "image", title: "Container image", formats: ["image"], needsCluster: true, maintained: true, needsImage: true,
  whyNotLocal: "A container image needs a cluster. Connect a cluster to deploy on it.",
  dialect: "http", load: null,
  whyNot: (set) => (set.ownImage ? null : "Give the image with its digest, like registry.example.com/team/model@sha256:…."),
  pod: (input) => ({
    image: input.ownImage ?? "", command: null, args: [], env: { PORT: "8080" },
    ports: { http: 8080, metrics: 8080 }, metricsPath: "/metrics", probes: { live: "tcp", ready: "tcp" },
    writable: [], sharedMemoryMib: 512, uid: 10_001, startBaseSeconds: 180, layout: AS_IT_IS,
  }),
};
