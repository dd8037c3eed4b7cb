import { z } from "zod";
import type { GatewayFact, NodeFact, ServiceFact, Workload } from "@/lib/targets/kubernetes/check/facts";

// Of a cluster's objects only these fields are read, and only as these types: what a cluster says is a stranger's word.

const labels = z.record(z.string(), z.string()).nullish().transform((v) => v ?? {});
const meta = z.object({ name: z.string(), namespace: z.string().nullish().transform((v) => v ?? ""), labels });

const workloadSchema = z.object({
  metadata: meta,
  spec: z.object({ replicas: z.number().nullish(), template: z.object({ spec: z.object({ containers: z.array(z.object({ image: z.string().nullish() })) }) }) }),
  status: z.object({ readyReplicas: z.number().nullish(), numberReady: z.number().nullish(), desiredNumberScheduled: z.number().nullish() }).nullish(),
});

export function workloadOf(kind: Workload["kind"], object: unknown): Workload | null {
  const parsed = workloadSchema.safeParse(object);
  if (!parsed.success) return null;
  const { metadata, spec, status } = parsed.data;
  const daemon = kind === "DaemonSet";
  return {
    kind, namespace: metadata.namespace, name: metadata.name, labels: metadata.labels, images: spec.template.spec.containers.flatMap((c) => (c.image ? [c.image] : [])),
    ready: (daemon ? status?.numberReady : status?.readyReplicas) ?? 0, wanted: (daemon ? status?.desiredNumberScheduled : spec.replicas) ?? (daemon ? 0 : 1),
  };
}

const serviceSchema = z.object({ metadata: meta, spec: z.object({ ports: z.array(z.object({ name: z.string().nullish(), port: z.number() })).nullish() }) });

export function serviceOf(object: unknown): ServiceFact | null {
  const parsed = serviceSchema.safeParse(object);
  if (!parsed.success) return null;
  const { metadata, spec } = parsed.data;
  return { namespace: metadata.namespace, name: metadata.name, labels: metadata.labels, ports: (spec.ports ?? []).map((p) => ({ name: p.name ?? "", port: p.port })) };
}

const nodeSchema = z.object({
  metadata: meta, spec: z.object({ providerID: z.string().nullish() }).nullish(),
  status: z.object({ allocatable: z.record(z.string(), z.union([z.string(), z.number()])).nullish() }).nullish(),
});

export function nodeOf(object: unknown): NodeFact | null {
  const parsed = nodeSchema.safeParse(object);
  if (!parsed.success) return null;
  const { metadata: { name, labels: l }, spec, status } = parsed.data;
  const gpus = Number(status?.allocatable?.["nvidia.com/gpu"] ?? 0);
  return {
    name, instanceType: l["node.kubernetes.io/instance-type"] ?? null, region: l["topology.kubernetes.io/region"] ?? null, architecture: l["kubernetes.io/arch"] ?? null,
    capacityType: (l["karpenter.sh/capacity-type"] ?? l["eks.amazonaws.com/capacityType"])?.toLowerCase().replace("_", "-") ?? null,
    providerAws: (spec?.providerID ?? "").startsWith("aws://"), gpus: Number.isFinite(gpus) ? gpus : 0, gpuProduct: l["nvidia.com/gpu.product"] ?? l["karpenter.k8s.aws/instance-gpu-name"] ?? l["eks.amazonaws.com/instance-gpu-name"] ?? null,
    managedByKarpenter: l["karpenter.sh/nodepool"] !== undefined,
  };
}

const gatewaySchema = z.object({
  metadata: meta,
  spec: z.object({ gatewayClassName: z.string(), listeners: z.array(z.object({ hostname: z.string().nullish() })).nullish() }),
  status: z.object({ addresses: z.array(z.object({ value: z.string().nullish() })).nullish(), conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish() }).nullish(),
});

export function gatewayOf(object: unknown): GatewayFact | null {
  const parsed = gatewaySchema.safeParse(object);
  if (!parsed.success) return null;
  const { metadata, spec, status } = parsed.data;
  return {
    namespace: metadata.namespace, name: metadata.name, className: spec.gatewayClassName, programmed: (status?.conditions ?? []).some((c) => c.type === "Programmed" && c.status === "True"),
    hostname: (spec.listeners ?? []).map((l) => l.hostname).find((h): h is string => Boolean(h) && !h!.startsWith("*")) ?? null, address: status?.addresses?.[0]?.value ?? null,
  };
}

const nodePoolSchema = z.object({ metadata: meta, status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish() }).nullish() });

export function nodePoolOf(object: unknown): { name: string; ready: boolean } | null {
  const parsed = nodePoolSchema.safeParse(object);
  return parsed.success ? { name: parsed.data.metadata.name, ready: (parsed.data.status?.conditions ?? []).some((c) => c.type === "Ready" && c.status === "True") } : null;
}
