import { randomUUID } from "node:crypto";
import { KubeConfig } from "@kubernetes/client-node";
import { describe, inject } from "vitest";
import { FAULT_VARIABLE } from "@/e2e/cluster/stages";
import { KubernetesTarget } from "@/lib/targets/kubernetes/kubernetes-target";
import { renderDeployment } from "@/lib/targets/kubernetes/manifests/render";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import { targetContract } from "@/lib/targets/contract";

/** Settings as a connected target has them; the gateway is only named, since nothing of ours is in the data path. */
export const contractSettings = (): ClusterSettings => ({
  targetSlug: "contract", instance: randomUUID().slice(0, 8), artifactUrl: "http://10.0.0.9:3000", modelServerImage: `registry.example.com/slipway/model-server@sha256:${"a".repeat(64)}`,
  provider: "kubernetes", nodes: "any", ingress: { kind: "gateway", gatewayName: "models", gatewayNamespace: "default", hostname: "models.example.com" },
  jwt: { issuer: "https://slipway.example.com", jwksUrl: "https://slipway.example.com/.well-known/jwks.json", audience: "contract" },
  keda: true, prometheusOperator: true, prometheusUrl: null, datadogAgent: false, customMetrics: false, serviceAccountRoleArn: null, namespacePrefix: "slipway",
});

// The model runs nowhere here: its server's end is kwok's, in a kubelet's words. What a model file itself makes of its server, and what
// it writes, is proven on the local target.
describe.skipIf(!inject("cluster").own)("the contract (needs kwok)", () => {
  targetContract("kubernetes", async () => {
    const cluster = inject("cluster");
    const config = new KubeConfig();
    config.loadFromFile(cluster.kubeconfig);
    const target = new KubernetesTarget(async () => config, contractSettings(), {
      render: renderDeployment, digestOf: (v) => `digest of ${v.length}`,
      check: async () => [{ id: "reachable", status: "ok", title: "API server", detail: "It answers.", fix: null }],
    });
    const file = { path: "model.onnx", sizeBytes: 1000, sha256: "b".repeat(64), blobId: randomUUID() };
    return {
      target, runtime: "onnx", goodFiles: async () => [file], brokenFiles: async () => [file], stop: async () => target.close(),
      broken: { env: { [FAULT_VARIABLE]: "crash" }, reason: "Crashed" },
      cluster: {
        spec: { environment: "dev", artifactToken: "sla_canary-artifact-token" },
        revision: { placement: { capacityType: "on-demand", instanceTypes: [], architecture: "amd64", acceleratorResource: null, diskGib: 20 }, image: null, pullSecret: null, signature: null, startSeconds: null },
      },
    };
  });
});
