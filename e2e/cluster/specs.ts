import { randomUUID } from "node:crypto";
import { FAULT_VARIABLE, type Fault } from "@/e2e/cluster/stages";
import { clusterRevision } from "@/e2e/cluster/make-target";
import type { DeploymentSpec, Placement, RevisionSpec } from "@/lib/targets/target";

const FILE = { path: "model.onnx", sizeBytes: 276, sha256: "1".repeat(64), blobId: "0190a000-0000-7000-8000-000000000001" };

type Wish = { gpu?: string; fault?: Fault; env?: Record<string, string>; weight?: number; placement?: Partial<Placement> };

export function revisionOf(n: number, w: Wish = {}): RevisionSpec {
  const gpu: Partial<Placement> = w.gpu === undefined ? {} : { capacityType: "spot", instanceTypes: [w.gpu], acceleratorResource: "nvidia.com/gpu" };
  return {
    n, weight: w.weight ?? 100, runtime: "onnx", model: "iris", files: [FILE], format: "onnx", env: { ...w.env, ...(w.fault ? { [FAULT_VARIABLE]: w.fault } : {}) }, secrets: {}, queueLimit: 16,
    resources: { cpuMillicores: 500, memoryMib: 512, accelerator: w.gpu === undefined ? null : { name: "GPU", count: 1 } }, cluster: clusterRevision({ ...gpu, ...w.placement }),
  };
}

export function specOf(revisions: RevisionSpec[], change: Partial<DeploymentSpec> = {}): DeploymentSpec {
  const id = randomUUID();
  return {
    ref: { id, project: "harbour", projectId: "0190a000-0000-7000-8000-0000000000aa", deployment: `d${id.slice(0, 6)}` }, generation: 1, public: false,
    scaling: { min: 1, max: 1, targetConcurrency: 4 }, revisions, cluster: { environment: "dev", artifactToken: "artifact-token" }, ...change,
  };
}
