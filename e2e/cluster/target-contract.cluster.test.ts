import { randomUUID } from "node:crypto";
import { KubeConfig } from "@kubernetes/client-node";
import { describe, inject } from "vitest";
import { apply, kubectl } from "@/e2e/cluster/under-test";
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
  keda: true, prometheusOperator: true, prometheusUrl: null, customMetrics: false, serviceAccountRoleArn: null, namespacePrefix: "slipway",
});

/** Envoy Gateway's, as far as applying one needs it: its module is not among those the control plane is built of. */
const securityPolicyCrd = {
  apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name: "securitypolicies.gateway.envoyproxy.io", annotations: { "api-approved.kubernetes.io": "unapproved, for tests" } },
  spec: {
    group: "gateway.envoyproxy.io", scope: "Namespaced", names: { kind: "SecurityPolicy", plural: "securitypolicies", singular: "securitypolicy" },
    versions: [{ name: "v1alpha1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object", properties: { spec: { type: "object", "x-kubernetes-preserve-unknown-fields": true } } } } }],
  },
};

// The model runs nowhere here: its server's end is kwok's, in a kubelet's words. What a model file itself makes of its server, and what
// it writes, is proven on the local target.
describe.skipIf(!inject("cluster").own)("the contract (needs kwok)", () => {
  targetContract("kubernetes", async () => {
    const cluster = inject("cluster");
    apply(securityPolicyCrd);
    kubectl(["wait", "--for=condition=Established", "crd", securityPolicyCrd.metadata.name, "--timeout=60s"]);
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
