import type { ServingRuntime } from "@/lib/serving/serving-runtime";

/** Any container image by digest: FastAPI, Flask, your own. */
export const image: ServingRuntime = {
  name: "image", title: "Container image", formats: ["image"], needsCluster: true, maintained: true,
  whyNotLocal: "A container image needs a cluster. Connect a cluster to deploy on it.",
};
