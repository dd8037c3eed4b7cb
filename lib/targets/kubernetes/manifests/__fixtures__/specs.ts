import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import type { ClusterRevision, DeploymentSpec, Placement, RevisionSpec } from "@/lib/targets/target";

const GIB = 1024 ** 3;
const sha = (c: string) => c.repeat(64);
export const DIGEST = `sha256:${sha("d")}`;

export const settings: ClusterSettings = {
  targetSlug: "prod", instance: "abcd1234", artifactUrl: "https://slipway.example.com", modelServerImage: `registry.example.com/slipway/model-server@${DIGEST}`,
  provider: "eks", nodes: "karpenter", ingress: { kind: "gateway", gatewayName: "models", gatewayNamespace: "edge", hostname: "models.example.com" },
  jwt: { issuer: "https://slipway.example.com", jwksUrl: "https://slipway.example.com/.well-known/jwks.json", audience: "slipway" },
  keda: false, prometheusOperator: true, prometheusUrl: "http://prometheus-operated.monitoring.svc:9090", datadogAgent: false, customMetrics: true, serviceAccountRoleArn: null, namespacePrefix: "slipway",
};

type Served = Pick<RevisionSpec, "runtime" | "format" | "files"> & { image: string | null; gpu: boolean };
const file = (path: string, sizeBytes: number, c: string) => ({ path, sizeBytes, sha256: sha(c), blobId: `0190b000-0000-7000-8000-00000000000${c}` });

/** One set of files a runtime, as a user brings it. */
export const SERVED: Record<string, Served> = {
  onnx: { runtime: "onnx", format: "onnx", files: [file("sentiment.onnx", 0.25 * GIB, "a")], image: null, gpu: false },
  triton: { runtime: "triton", format: "onnx", files: [file("export/resnet.onnx", 0.1 * GIB, "a"), file("export/resnet.onnx.data", 2 * GIB, "b")], image: null, gpu: true },
  "triton-repository": { runtime: "triton", format: "pytorch", files: [file("ranker/config.pbtxt", 400, "a"), file("ranker/1/model.pt", GIB, "b")], image: null, gpu: true },
  vllm: { runtime: "vllm", format: "safetensors", files: [file("config.json", 700, "a"), file("model.safetensors", 14 * GIB, "b"), file("tokenizer.json", 9_000_000, "c")], image: null, gpu: true },
  "vllm-gguf": { runtime: "vllm", format: "gguf", files: [file("My Model (Q4).gguf", 4 * GIB, "a")], image: null, gpu: true },
  mlserver: { runtime: "mlserver", format: "pickle", files: [file("churn.joblib", 40_000_000, "a")], image: null, gpu: false },
  torchserve: { runtime: "torchserve", format: "mar", files: [file("densenet161.mar", 110_000_000, "a")], image: null, gpu: true },
  bentoml: { runtime: "bentoml", format: "bento", files: [file("summary.bento", 5_000_000, "a")], image: `registry.example.com/team/summary@${DIGEST}`, gpu: false },
  image: { runtime: "image", format: "image", files: [], image: `registry.example.com/team/fastapi-model@${DIGEST}`, gpu: false },
};

export const CAPACITY_TYPES = ["spot", "on-demand", "spot-with-fallback"] as const;

export function placement(capacityType: Placement["capacityType"], gpu: boolean): Placement {
  return { capacityType, instanceTypes: [gpu ? "g6.xlarge" : "m7i.xlarge"], architecture: "amd64", acceleratorResource: gpu ? "nvidia.com/gpu" : null, diskGib: 100 };
}

export function revision(name: string, capacityType: Placement["capacityType"], n = 3, change: Partial<RevisionSpec> = {}, cluster: Partial<ClusterRevision> = {}): RevisionSpec {
  const served = SERVED[name];
  if (!served) throw new Error(name);
  const { image, gpu, ...rest } = served;
  return {
    n, weight: 100, model: "sentiment", resources: { cpuMillicores: 3500, memoryMib: 13_000, accelerator: gpu ? { name: "L4", count: 1 } : null },
    env: { LOG_LEVEL: "info", PRICE: "$(HOME) costs $5" }, secrets: { API_KEY: "canary-secret-value" }, queueLimit: 64, ...rest, ...change,
    cluster: { placement: placement(capacityType, gpu), image, pullSecret: image === null ? null : '{"auths":{"registry.example.com":{"auth":"dXNlcjpjYW5hcnktcHVsbA=="}}}', signature: null, startSeconds: null, ...cluster },
  };
}

export const REF = { id: "0190a000-0000-7000-8000-0000000000d1", project: "acme-ml", projectId: "0190a000-0000-7000-8000-0000000000e1", deployment: "sentiment" };

export function spec(revisions: RevisionSpec[], change: Partial<DeploymentSpec> = {}): DeploymentSpec {
  return {
    ref: REF, generation: 7, public: false, scaling: { min: 2, max: 6, targetConcurrency: 4 }, revisions,
    cluster: { environment: "prod", artifactToken: "sla_canary-artifact-token" }, ...change,
  };
}
