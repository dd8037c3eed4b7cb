import type { ServingRuntime } from "@/lib/serving/serving-runtime";

export const torchserve: ServingRuntime = {
  name: "torchserve", title: "TorchServe", formats: ["mar"], needsCluster: true, maintained: false,
  whyNotLocal: "TorchServe runs the code inside the archive, so it runs as a restricted container. Connect a cluster to deploy on it.",
};
