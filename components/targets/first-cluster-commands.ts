/** Commands from nothing to a kubeconfig that Slipway takes. The same as in docs/first-cluster.md. */
export const FIRST_CLUSTER: { title: string; samples: { label: string; code: string }[] }[] = [
  {
    title: "Make the cluster",
    samples: [{ label: "kind", code: "kind create cluster --name slipway" }, { label: "minikube", code: "minikube start --profile slipway --cpus 4 --memory 6g" }],
  },
  {
    title: "Measure use of cpu and memory",
    samples: [
      { label: "kind", code: "kubectl apply -f https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml\nkubectl -n kube-system patch deployment metrics-server --type=json -p '[{\"op\":\"add\",\"path\":\"/spec/template/spec/containers/0/args/-\",\"value\":\"--kubelet-insecure-tls\"}]'" },
      { label: "minikube", code: "minikube addons enable metrics-server --profile slipway" },
    ],
  },
  {
    title: "Bring the model server's image",
    samples: [
      { label: "kind", code: "docker build -t slipway/model-server:0.1.0 -f deploy/docker/model-server/Dockerfile .\nkind load docker-image slipway/model-server:0.1.0 --name slipway" },
      { label: "minikube", code: "docker build -t slipway/model-server:0.1.0 -f deploy/docker/model-server/Dockerfile .\nminikube image load slipway/model-server:0.1.0 --profile slipway" },
    ],
  },
  { title: "Print its kubeconfig, and paste it", samples: [{ label: "kind", code: "kind get kubeconfig --name slipway" }, { label: "minikube", code: "kubectl config view --raw --minify --flatten --context slipway" }] },
];
