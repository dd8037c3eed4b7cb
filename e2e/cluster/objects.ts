/** What a platform engineer would have put there before Slipway comes: the machines Karpenter may make, a gateway, metrics. */
export function platformObjects(ports: { metricsServer: number }, caBundle: string, logs: { now: string; previous: string }): object[] {
  return [
    // Read as a kubelet reads a container's file: tail, follow, previous and times are the real thing.
    { apiVersion: "kwok.x-k8s.io/v1alpha1", kind: "ClusterLogs", metadata: { name: "all" }, spec: { logs: [{ logsFile: logs.now, previousLogsFile: logs.previous, follow: true }] } },
    { apiVersion: "karpenter.kwok.sh/v1alpha1", kind: "KWOKNodeClass", metadata: { name: "default" }, spec: {} },
    nodePool("gpu-spot", ["spot"], 20, true), nodePool("gpu-on-demand", ["on-demand"], 10, true), nodePool("cpu", ["on-demand"], 5, false),
    { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name: "nvidia" }, handler: "nvidia" },
    { apiVersion: "gateway.networking.k8s.io/v1", kind: "GatewayClass", metadata: { name: "test" }, spec: { controllerName: "slipway.dev/none" } },
    {
      apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway", metadata: { name: "test", namespace: "default" },
      spec: { gatewayClassName: "test", listeners: [{ name: "https", protocol: "HTTPS", port: 443, tls: { certificateRefs: [{ name: "models" }] }, allowedRoutes: { namespaces: { from: "All" } } }] },
    },
    // metrics-server runs beside the API server, not in a pod: a name instead of an address leads to it.
    { apiVersion: "v1", kind: "Service", metadata: { name: "metrics-server", namespace: "kube-system" }, spec: { type: "ExternalName", externalName: "localhost", ports: [{ port: ports.metricsServer }] } },
    {
      apiVersion: "apiregistration.k8s.io/v1", kind: "APIService", metadata: { name: "v1beta1.metrics.k8s.io" },
      spec: { group: "metrics.k8s.io", version: "v1beta1", groupPriorityMinimum: 100, versionPriority: 100, caBundle, service: { name: "metrics-server", namespace: "kube-system", port: ports.metricsServer } },
    },
  ];
}

/** kwok answers for this one as a kubelet would. It is for what does not ask for an accelerator. */
export const staticNode = {
  apiVersion: "v1", kind: "Node",
  metadata: { name: "static-0", annotations: { "kwok.x-k8s.io/node": "fake" }, labels: { "kubernetes.io/hostname": "static-0", "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64", "topology.kubernetes.io/zone": "us-east-1a" } },
  status: { capacity: { cpu: "64", memory: "256Gi", pods: "500", "ephemeral-storage": "500Gi" }, allocatable: { cpu: "64", memory: "256Gi", pods: "500", "ephemeral-storage": "500Gi" } },
};

function nodePool(name: string, capacityTypes: string[], weight: number, gpu: boolean): object {
  return {
    apiVersion: "karpenter.sh/v1", kind: "NodePool", metadata: { name },
    spec: {
      weight, limits: gpu ? { "nvidia.com/gpu": "64" } : { cpu: "256" }, disruption: { consolidationPolicy: "WhenEmpty", consolidateAfter: "30s" },
      template: {
        spec: {
          nodeClassRef: { group: "karpenter.kwok.sh", kind: "KWOKNodeClass", name: "default" }, expireAfter: "Never",
          ...(gpu ? { taints: [{ key: "nvidia.com/gpu", value: "true", effect: "NoSchedule" }] } : {}),
          requirements: [
            { key: "karpenter.sh/capacity-type", operator: "In", values: capacityTypes },
            { key: "karpenter.k8s.aws/instance-gpu-name", operator: gpu ? "Exists" : "DoesNotExist" },
          ],
        },
      },
    },
  };
}
