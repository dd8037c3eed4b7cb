import fs from "node:fs";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { KubeConfig } from "@kubernetes/client-node";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { FAULT_VARIABLE, type Fault } from "@/e2e/cluster/stages";
import { apply, kubectl, kwokTest } from "@/e2e/cluster/under-test";
import { eventually } from "@/e2e/cluster/eventually";
import { KubeClient } from "@/lib/targets/kubernetes/client";
import { collectDiagnosis } from "@/lib/targets/kubernetes/diagnose/collect";
import { diagnosePods } from "@/lib/targets/kubernetes/diagnose/diagnose";

// Each trouble is made on a real control plane and has to be told by its name. SLIPWAY_RECORD=1 keeps what was seen as a fixture of the
// rules, so that they are held against a real cluster's words also where none is at hand.
const FIXTURES = path.resolve(import.meta.dirname, "../../lib/targets/kubernetes/diagnose/__fixtures__");
const run = randomUUID().slice(0, 6);
const namespaces: string[] = [];
let client: KubeClient;

beforeAll(() => {
  const config = new KubeConfig();
  config.loadFromFile(inject("cluster").kubeconfig);
  client = new KubeClient(async () => config);
});
afterAll(() => {
  for (const ns of namespaces) kubectl(["delete", "namespace", ns, "--wait=false"]);
  for (const kind of ["nodepool", "validatingadmissionpolicybinding", "validatingadmissionpolicy", "validatingwebhookconfiguration"].slice(inject("cluster").own ? 0 : 1)) kubectl(["delete", kind, "-l", "slipway-suite=diagnosis", "--ignore-not-found", "--wait=false"]);
});

type PodPart = { spec?: object; container?: object; fault?: Fault; labels?: Record<string, string> };

function deployment(namespace: string, { spec = {}, container = {}, fault, labels = {} }: PodPart): object {
  return {
    apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "model", namespace, labels: { app: "model" } },
    spec: {
      replicas: 1, selector: { matchLabels: { app: "model" } },
      template: {
        metadata: { labels: { app: "model", ...labels } },
        spec: {
          initContainers: [{ name: "fetch-files", image: "fetch:1", resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "10m", memory: "16Mi" } } }],
          containers: [{ name: "server", image: "server:1", env: fault ? [{ name: FAULT_VARIABLE, value: fault }] : [], resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "10m", memory: "16Mi" } }, ...container }], ...spec,
        },
      },
    },
  };
}

/** A dry run of the very pod that the deployment asks for. */
function wouldMake(namespace: string, part: PodPart): void {
  const { spec } = deployment(namespace, part) as { spec: { template: { metadata: object; spec: object } } };
  kubectl(["create", "--dry-run=server", "-f", "-"], { apiVersion: "v1", kind: "Pod", metadata: { ...spec.template.metadata, name: "would", namespace }, spec: spec.template.spec });
}

const marked = { labels: { "slipway-suite": "diagnosis" } };
const pool = (name: string, change: { limits?: object; nodeClass?: string }) => ({
  apiVersion: "karpenter.sh/v1", kind: "NodePool", metadata: { name, ...marked },
  spec: { ...(change.limits ? { limits: change.limits } : {}), template: { spec: { nodeClassRef: { group: "karpenter.kwok.sh", kind: "KWOKNodeClass", name: change.nodeClass ?? "default" }, expireAfter: "Never", requirements: [{ key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] }] } } },
});
const resources = (r: Record<string, string | number>) => ({ resources: { requests: r, limits: r } });
const gpu = { tolerations: [{ key: "nvidia.com/gpu", operator: "Exists" }] };

/** `anywhere`: the API server and the scheduler say it on every cluster, whatever its nodes. */
type Case = { code: string; anywhere?: true; also?: (ns: string) => object[]; part: PodPart };
const CASES: Record<string, Case> = {
  "more GPUs than any machine has": { code: "NoInstanceType", part: { spec: gpu, container: resources({ cpu: "1", memory: "1Gi", "nvidia.com/gpu": 32 }) } },
  "a GPU whose nodes keep other pods away": { code: "UntoleratedTaint", part: { container: resources({ cpu: "1", memory: "1Gi", "nvidia.com/gpu": 1 }) } },
  "an accelerator that no pool has": { code: "NoInstanceType", part: { container: resources({ cpu: "1", memory: "1Gi", "aws.amazon.com/neuron": 1 }) } },
  "a label that no node has": { code: "IncompatiblePool", part: { spec: { nodeSelector: { "example.com/rack": "nowhere" } } } },
  "more memory than any machine has": { code: "NoInstanceType", part: { container: resources({ cpu: "1", memory: "90000Gi" }) } },
  "a node pool at its limit": { code: "NodePoolLimit", also: () => [pool(`tiny-${run}`, { limits: { cpu: "1" } })], part: { spec: { nodeSelector: { "karpenter.sh/nodepool": `tiny-${run}` } }, container: resources({ cpu: "2", memory: "1Gi" }) } },
  "a quota that is used up": { code: "QuotaExceeded", anywhere: true, also: (namespace) => [{ apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "project", namespace }, spec: { hard: { "requests.cpu": "500m" } } }], part: { container: resources({ cpu: "1", memory: "1Gi" }) } },
  "a quota that wants requests": { code: "QuotaNeedsRequests", anywhere: true, also: (namespace) => [{ apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "project", namespace }, spec: { hard: { "limits.memory": "10Gi" } } }], part: { container: { resources: {} } } },
  "a namespace that allows restricted pods only": { code: "PodSecurity", anywhere: true, also: (name) => [{ apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { "pod-security.kubernetes.io/enforce": "restricted" } } }], part: { container: { securityContext: { privileged: true } } } },
  "a container above the limit range": { code: "LimitRange", anywhere: true, also: (namespace) => [{ apiVersion: "v1", kind: "LimitRange", metadata: { name: "project", namespace }, spec: { limits: [{ type: "Container", max: { memory: "1Gi" } }] } }], part: { container: resources({ cpu: "1", memory: "2Gi" }) } },
  "a priority class that is not there": { code: "PriorityClassMissing", anywhere: true, part: { spec: { priorityClassName: "nowhere" } } },
  "a runtime class that is not there": { code: "RuntimeClassMissing", anywhere: true, part: { spec: { runtimeClassName: "nowhere" } } },
  "a volume claim that is not there": { code: "PvcMissing", anywhere: true, part: { spec: { volumes: [{ name: "v", persistentVolumeClaim: { claimName: "weights" } }] } } },
  "a volume claim without a volume": { code: "PvcUnbound", anywhere: true, also: (namespace) => [{ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "weights", namespace }, spec: { accessModes: ["ReadWriteOnce"], storageClassName: "", resources: { requests: { storage: "1Gi" } } } }], part: { spec: { volumes: [{ name: "v", persistentVolumeClaim: { claimName: "weights" } }] } } },
  "a policy of the cluster that refuses": {
    code: "AdmissionDenied", anywhere: true,
    also: () => [
      { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingAdmissionPolicy", metadata: { name: `no-${run}`, ...marked }, spec: { failurePolicy: "Fail", matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }], objectSelector: { matchLabels: { refused: run } } }, validations: [{ expression: "false", message: "images come from registry.example.com only" }] } },
      { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingAdmissionPolicyBinding", metadata: { name: `no-${run}`, ...marked }, spec: { policyName: `no-${run}`, validationActions: ["Deny"] } },
    ],
    part: { labels: { refused: run } },
  },
  "a webhook that does not answer": {
    code: "WebhookUnreachable", anywhere: true,
    also: () => [{ apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingWebhookConfiguration", metadata: { name: `away-${run}`, ...marked }, webhooks: [{ name: "policy.example.com", admissionReviewVersions: ["v1"], sideEffects: "None", failurePolicy: "Fail", timeoutSeconds: 1, objectSelector: { matchLabels: { asked: run } }, clientConfig: { url: "https://127.0.0.1:9/check" }, rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }] }] }],
    part: { labels: { asked: run } },
  },
  "an image that is not in its registry": { code: "ImageNotFound", part: { fault: "image" } },
  "a server that ends by itself": { code: "Crashing", part: { fault: "crash" } },
  "too little memory": { code: "OutOfMemory", part: { fault: "oom" } },
  "a step before the server that fails": { code: "InitFailed", part: { fault: "init" } },
  "a start-up probe that is not answered": { code: "StillLoading", part: { fault: "unready" } },
};

for (const [name, c] of Object.entries(CASES)) {
  (c.anywhere ? test : kwokTest)(`${name} is told as ${c.code}`, async () => {
    const namespace = `why-${run}-${namespaces.length}`;
    namespaces.push(namespace);
    apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
    if (c.also) apply(...c.also(namespace));
    // A policy and a webhook take a moment until they are asked: a pod that only would be made is refused by then.
    if (c.also && /Admission|Webhook/.test(c.code)) await eventually(() => expect(() => wouldMake(namespace, c.part)).toThrow(/denied|failed calling webhook/));
    apply(deployment(namespace, c.part));
    const input = await eventually(async () => {
      const seen = await collectDiagnosis(client, namespace, "app=model");
      const found = diagnosePods(seen);
      expect(found?.code, JSON.stringify([found, seen.pods[0]?.status?.conditions, seen.events.map((e) => e.message)])).toBe(c.code);
      expect(found?.evidence.length).toBeGreaterThan(0);
      return seen;
    });
    if (process.env.SLIPWAY_RECORD === "1") {
      fs.mkdirSync(FIXTURES, { recursive: true });
      const mine = { ...input, nodeClaims: [], nodePools: input.nodePools.filter((p) => JSON.stringify(c.part).includes(p.metadata.name)), events: input.events.filter((e) => e.involvedObject.kind !== "NodeClaim" && e.involvedObject.kind !== "NodePool" && e.involvedObject.kind !== "Node") };
      fs.writeFileSync(path.join(FIXTURES, `${name.replace(/\W+/g, "-").toLowerCase()}.json`), `${JSON.stringify({ origin: "recorded", from: "kube-apiserver v1.36.3", code: c.code, input: mine }, null, 1)}\n`);
    }
  });
}
