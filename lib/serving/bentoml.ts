import type { ServingRuntime } from "@/lib/serving/serving-runtime";

export const bentoml: ServingRuntime = {
  name: "bentoml", title: "BentoML", formats: ["bento"], needsCluster: true, maintained: true,
  whyNotLocal: "A bento carries code and becomes an image. Connect a cluster to deploy on it.",
};
