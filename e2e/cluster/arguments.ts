import path from "node:path";

export type Ports = { etcd: number; etcdPeer: number; api: number; kwok: number; karpenter: number; metricsServer: number };
/** Files of one cluster, all below its folder. */
export type Files = { dir: string; pki: (name: string) => string; kubeconfig: (user: string) => string };

export const etcdArguments = (f: Files, p: Ports) => [
  "--name=test", `--data-dir=${path.join(f.dir, "etcd")}`, "--unsafe-no-fsync", "--log-level=warn",
  `--listen-client-urls=http://127.0.0.1:${p.etcd}`, `--advertise-client-urls=http://127.0.0.1:${p.etcd}`,
  `--listen-peer-urls=http://127.0.0.1:${p.etcdPeer}`, `--initial-advertise-peer-urls=http://127.0.0.1:${p.etcdPeer}`,
  `--initial-cluster=test=http://127.0.0.1:${p.etcdPeer}`,
];

export const apiserverArguments = (f: Files, p: Ports) => [
  `--etcd-servers=http://127.0.0.1:${p.etcd}`, `--secure-port=${p.api}`, "--bind-address=127.0.0.1",
  // No Service here leads to it, and loopback is no address that an Endpoints object may hold.
  "--advertise-address=192.0.2.1", "--endpoint-reconciler-type=none",
  `--tls-cert-file=${f.pki("server.crt")}`, `--tls-private-key-file=${f.pki("server.key")}`, `--client-ca-file=${f.pki("ca.crt")}`,
  `--token-auth-file=${path.join(f.dir, "tokens.csv")}`, "--authorization-mode=Node,RBAC", "--allow-privileged=true",
  "--service-account-issuer=https://kubernetes.default.svc", `--service-account-key-file=${f.pki("service-account.pub")}`, `--service-account-signing-key-file=${f.pki("service-account.key")}`,
  "--service-cluster-ip-range=10.0.0.0/16", "--kubelet-preferred-address-types=InternalIP",
  // metrics.k8s.io is served by metrics-server behind this one.
  `--requestheader-client-ca-file=${f.pki("ca.crt")}`, "--requestheader-allowed-names=front-proxy-client", "--requestheader-username-headers=X-Remote-User", "--requestheader-group-headers=X-Remote-Group", "--requestheader-extra-headers-prefix=X-Remote-Extra-",
  `--proxy-client-cert-file=${f.pki("proxy.crt")}`, `--proxy-client-key-file=${f.pki("proxy.key")}`,
  `--audit-policy-file=${path.join(f.dir, "audit-policy.yaml")}`, `--audit-log-path=${path.join(f.dir, "audit.log")}`, "--audit-log-mode=blocking", "--audit-log-maxsize=0",
];

export const controllerManagerArguments = (f: Files) => [
  `--kubeconfig=${f.kubeconfig("controllers")}`, "--secure-port=0", "--leader-elect=false", "--kube-api-qps=400", "--kube-api-burst=800",
  `--service-account-private-key-file=${f.pki("service-account.key")}`, `--root-ca-file=${f.pki("ca.crt")}`,
  // Seconds where a cluster takes its time, so that a test sees a scale up and down within one minute.
  "--horizontal-pod-autoscaler-sync-period=1s", "--horizontal-pod-autoscaler-initial-readiness-delay=1s", "--horizontal-pod-autoscaler-cpu-initialization-period=1s", "--horizontal-pod-autoscaler-downscale-stabilization=5s",
];

export const schedulerArguments = (f: Files) => [`--config=${path.join(f.dir, "scheduler.yaml")}`, "--secure-port=0"];

/** A pod that did not fit is tried again after one or two seconds instead of up to ten. */
export const schedulerConfiguration = (f: Files) => ({
  apiVersion: "kubescheduler.config.k8s.io/v1", kind: "KubeSchedulerConfiguration", leaderElection: { leaderElect: false },
  clientConnection: { kubeconfig: f.kubeconfig("scheduler"), qps: 400, burst: 800 }, podInitialBackoffSeconds: 1, podMaxBackoffSeconds: 2,
});

export const kwokArguments = (f: Files, p: Ports) => [
  `--kubeconfig=${f.kubeconfig("admin")}`, "--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake",
  "--enable-crds=Stage,Metric,ClusterResourceUsage,ResourceUsage,Logs,ClusterLogs", "--cidr=10.244.0.0/16", "--node-lease-duration-seconds=40",
  // It answers as each node's kubelet does: logs, and the metrics that metrics-server reads.
  "--node-ip=127.0.0.1", `--node-port=${p.kwok}`, `--server-address=127.0.0.1:${p.kwok}`, `--tls-cert-file=${f.pki("server.crt")}`, `--tls-private-key-file=${f.pki("server.key")}`,
];

export const karpenterEnvironment = (f: Files, p: Ports): Record<string, string> => ({
  KUBECONFIG: f.kubeconfig("admin"), DISABLE_LEADER_ELECTION: "true", INSTANCE_TYPES_FILE_PATH: path.join(f.dir, "instance-types.json"),
  METRICS_PORT: "0", HEALTH_PROBE_PORT: String(p.karpenter), BATCH_IDLE_DURATION: "200ms", BATCH_MAX_DURATION: "2s", SYSTEM_NAMESPACE: "kube-system",
});

export const metricsServerArguments = (f: Files, p: Ports) => [
  `--kubeconfig=${f.kubeconfig("admin")}`, `--authentication-kubeconfig=${f.kubeconfig("admin")}`, `--authorization-kubeconfig=${f.kubeconfig("admin")}`,
  "--bind-address=127.0.0.1", `--secure-port=${p.metricsServer}`, `--tls-cert-file=${f.pki("server.crt")}`, `--tls-private-key-file=${f.pki("server.key")}`,
  "--kubelet-insecure-tls", "--kubelet-preferred-address-types=InternalIP", "--kubelet-use-node-status-port", "--metric-resolution=10s", "--kubelet-request-timeout=5s",
];

/** Every request but those of the control plane itself: what a client of the suite has written is counted from this. */
export const auditPolicy = {
  apiVersion: "audit.k8s.io/v1", kind: "Policy", omitStages: ["RequestReceived"],
  rules: [
    { level: "None", users: ["system:kube-controller-manager", "system:kube-scheduler", "system:apiserver", "system:anonymous", "admin"] },
    { level: "None", userGroups: ["system:nodes", "system:serviceaccounts"] },
    { level: "Metadata" },
  ],
};
