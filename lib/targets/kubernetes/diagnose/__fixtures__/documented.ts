import { FETCH_EXIT } from "@/lib/serving/fetch-exit";
import type { Condition, ContainerState, KubeEvent, Pod } from "@/lib/targets/kubernetes/objects";
import type { DiagnosisInput, NodeClaim, NodePool } from "../input";

/**
 * What a control plane without kubelets, clouds and registries cannot bring about. The words are those that kubelet, containerd, the scheduler,
 * Karpenter and EC2 are documented to use, or have in their sources; none was recorded here.
 */
export type Documented = { name: string; origin: "from documentation"; code: string; input: DiagnosisInput };

const AT = "2026-11-27T00:00:00Z";
const meta = (name: string) => ({ name, namespace: "p", uid: `uid-${name}`, creationTimestamp: AT });
const deployment = (conditions: Condition[] = []) => ({ metadata: meta("model"), spec: { replicas: 1 }, status: { conditions } });
const event = (reason: string, message: string, kind = "Pod", name = "model-1", component = "kubelet"): KubeEvent =>
  ({ metadata: meta(`${name}.${reason}`), involvedObject: { kind, name, uid: `uid-${name}` }, type: "Warning", reason, message, lastTimestamp: AT, source: { component } });

function pod(o: { node?: string; scheduling?: string; state?: ContainerState; last?: ContainerState; restarts?: number; init?: ContainerState; initLast?: ContainerState; conditions?: Condition[]; status?: object } = {}): Pod {
  const scheduled: Condition = o.scheduling ? { type: "PodScheduled", status: "False", reason: "Unschedulable", message: o.scheduling, lastTransitionTime: AT } : { type: "PodScheduled", status: "True", lastTransitionTime: AT };
  return {
    metadata: meta("model-1"), spec: { ...(o.scheduling ? {} : { nodeName: o.node ?? "ip-10-0-1-9" }), containers: [{ name: "server" }] },
    status: {
      phase: "Pending", conditions: [scheduled, { type: "Ready", status: "False", lastTransitionTime: AT }, ...(o.conditions ?? [])],
      ...(o.init || o.initLast ? { initContainerStatuses: [{ name: "fetch-files", ready: false, restartCount: o.restarts ?? 0, ...(o.init ? { state: o.init } : {}), ...(o.initLast ? { lastState: o.initLast } : {}) }] } : {}),
      ...(o.state || o.last ? { containerStatuses: [{ name: "server", ready: false, restartCount: o.restarts ?? 0, image: "registry.example.com/m@sha256:0", ...(o.state ? { state: o.state } : {}), ...(o.last ? { lastState: o.last } : {}) }] } : {}),
      ...o.status,
    },
  };
}

const input = (part: Partial<DiagnosisInput>): DiagnosisInput => ({ deployments: [deployment()], pods: [], events: [], nodeClaims: [], nodePools: [], ...part });
const wait = (reason: string, message = ""): ContainerState => ({ waiting: { reason, message } });
const end = (exitCode: number, message = "", reason = "Error"): ContainerState => ({ terminated: { exitCode, reason, message, startedAt: AT, finishedAt: AT } });
const backOff = wait("CrashLoopBackOff", "back-off 10s restarting failed container");
const claim = (conditions: Condition[]): NodeClaim => ({ metadata: { name: "gpu-abc", creationTimestamp: AT }, spec: {}, status: { conditions } });
const is = (type: string, status: Condition["status"], reason?: string, message?: string): Condition => ({ type, status, reason, message, lastTransitionTime: AT });
const gpuPool: NodePool = { metadata: { name: "gpu" }, spec: { limits: { "nvidia.com/gpu": "8" } }, status: { resources: { "nvidia.com/gpu": "8" } } };
const NO_GPU = "0/3 nodes are available: 3 Insufficient nvidia.com/gpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.";
const unplaced = (message: string, more: Partial<DiagnosisInput> = {}) => input({ pods: [pod({ scheduling: message })], ...more });
const pull = (message: string, reason = "ErrImagePull") => input({ pods: [pod({ state: wait(reason, message) })] });
const crash = (message: string, code = 1) => input({ pods: [pod({ state: backOff, last: end(code, message), restarts: 3 })] });
const fetchEnds = (code: number, message: string) => input({ pods: [pod({ init: backOff, initLast: end(code, message), restarts: 2 })] });

const cases: [string, string, DiagnosisInput][] = [
  ["NoGpuOnNodes", "no GPU anywhere", unplaced(NO_GPU)],
  ["NodePoolLimit", "a full pool by its own numbers", unplaced(NO_GPU, { nodePools: [gpuPool] })],
  ["InsufficientMemory", "memory", unplaced("0/3 nodes are available: 3 Insufficient memory.")],
  ["InsufficientCpu", "processors", unplaced("0/3 nodes are available: 3 Insufficient cpu.")],
  ["InsufficientDisk", "disk", unplaced("0/3 nodes are available: 3 Insufficient ephemeral-storage.")],
  ["TooManyPods", "pods a node", unplaced("0/3 nodes are available: 3 Too many pods.")],
  ["NodeSelector", "labels", unplaced("0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.")],
  ["UntoleratedTaint", "a taint", unplaced("0/3 nodes are available: 3 node(s) had untolerated taint {nvidia.com/gpu: true}.")],
  ["TopologySpread", "spread", unplaced("0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints.")],
  ["PodAntiAffinity", "anti-affinity", unplaced("0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.")],
  ["VolumeZone", "a volume's zone", unplaced("0/3 nodes are available: 3 node(s) had volume node affinity conflict.")],
  ["NodesUnschedulable", "cordoned nodes", unplaced("0/3 nodes are available: 3 node(s) were unschedulable.")],
  ["HostPorts", "host ports", unplaced("0/3 nodes are available: 3 node(s) didn't have free ports for the requested pod ports.")],
  ["NoNodes", "an empty cluster", unplaced("no nodes available to schedule pods")],
  ["SpotCapacity", "no spot capacity", unplaced(NO_GPU, { events: [event("InsufficientCapacityError", "NodeClaim gpu-abc event: creating instance, insufficient capacity, with fleet error(s), InsufficientInstanceCapacity: We currently do not have sufficient g5.xlarge capacity in the Availability Zone you requested", "NodeClaim", "gpu-abc", "karpenter")] })],
  ["VcpuQuota", "vCPU quota", unplaced(NO_GPU, { nodeClaims: [claim([is("Launched", "False", "LaunchFailed", "creating instance, with fleet error(s), VcpuLimitExceeded: You have requested more vCPU capacity than your current vCPU limit of 0 allows for the instance bucket")])] })],
  ["LaunchUnauthorized", "a missing right", unplaced(NO_GPU, { nodeClaims: [claim([is("Launched", "False", "LaunchFailed", "creating instance, UnauthorizedOperation: You are not authorized to perform this operation")])] })],
  ["NodeClassNotReady", "a node class that is not ready", unplaced(NO_GPU, { nodePools: [{ metadata: { name: "gpu" }, spec: {}, status: { conditions: [is("NodeClassReady", "False", "NodeClassNotReady", "NodeClass is not ready, failed to resolve subnets")] } }] })],
  ["NoNodePool", "no node pool", unplaced(NO_GPU, { events: [event("FailedScheduling", "no nodepools found", "Pod", "model-1", "karpenter")] })],
  ["DevicePluginMissing", "no device plugin", unplaced(NO_GPU, { nodeClaims: [claim([is("Launched", "True"), is("Registered", "True"), is("Initialized", "Unknown", "ResourceNotRegistered", 'Resource "nvidia.com/gpu" was requested but not registered')])] })],
  ["NodeNotJoining", "an instance that never joins", unplaced(NO_GPU, { nodeClaims: [claim([is("Launched", "True"), { ...is("Registered", "Unknown", "NodeNotFound", "Node not registered with cluster"), lastTransitionTime: "2026-11-27T00:08:00Z" }])] })],
  ["NodeComing", "a node on its way", unplaced(NO_GPU, { nodeClaims: [claim([is("Launched", "True"), is("Registered", "Unknown", "NodeNotFound", "Node not registered with cluster"), is("Initialized", "Unknown")])], events: [{ ...event("Nominated", "Pod should schedule on: nodeclaim/gpu-abc", "Pod", "model-1", "karpenter"), type: "Normal" }] })],
  ["ServiceAccountMissing", "a service account", input({ deployments: [deployment([is("ReplicaFailure", "True", "FailedCreate", 'pods "model-" is forbidden: error looking up service account p/model: serviceaccount "model" not found')])] })],
  ["InvalidImageName", "an image's name", pull('Failed to apply default image tag "Registry/x": couldn\'t parse image name', "InvalidImageName")],
  ["ImageUnauthorized", "a registry that asks who it is", pull('failed to pull and unpack image: failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized')],
  ["ImageRateLimited", "too many pulls", pull("429 Too Many Requests: toomanyrequests: You have reached your pull rate limit")],
  ["ImageWrongArchitecture", "another processor", pull("no match for platform in manifest: not found")],
  ["RegistryUnreachable", "no way to the registry", pull("dial tcp: lookup registry.example.com on 10.0.0.10:53: no such host", "ImagePullBackOff")],
  ["ImageDiskFull", "a full node", pull("failed to extract layer: write /var/lib/containerd/x: no space left on device")],
  ["ImagePullFailed", "something else about an image", pull("layer does something new")],
  ["SecretMissing", "a secret", input({ pods: [pod({ state: wait("CreateContainerConfigError", 'secret "model-env" not found') })] })],
  ["SecretKeyMissing", "a key of a secret", input({ pods: [pod({ state: wait("CreateContainerConfigError", "couldn't find key artifact-token in Secret p/model-token") })] })],
  ["RunAsRoot", "an image that runs as root", input({ pods: [pod({ state: wait("CreateContainerConfigError", "container has runAsNonRoot and image will run as root (pod: ..., container: server)") })] })],
  ["ContainerConfig", "something else about a container", input({ pods: [pod({ state: wait("CreateContainerError", "context deadline exceeded") })] })],
  ["FilesChanged", "a file that is another one", fetchEnds(FETCH_EXIT.digestMismatch, JSON.stringify({ event: "failed", reason: "DigestMismatch", message: "model.onnx is not the file that was approved: its SHA-256 differs." }))],
  ["FilesRefused", "files that are not given", fetchEnds(FETCH_EXIT.refused, JSON.stringify({ event: "failed", reason: "LoadFailed", message: "Slipway at https://s does not give the files: 404." }))],
  ["FilesUnreachable", "Slipway out of reach", fetchEnds(FETCH_EXIT.unreachable, JSON.stringify({ event: "failed", reason: "LoadFailed", message: "Slipway at https://s cannot be reached (ECONNREFUSED)." }))],
  ["DiskFull", "a full volume", fetchEnds(FETCH_EXIT.disk, JSON.stringify({ event: "failed", reason: "LoadFailed", message: "The volume is full." }))],
  ["GpuOutOfMemory", "too little GPU memory", crash("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 22.07 GiB")],
  ["GpuDriver", "an old driver", crash("RuntimeError: CUDA error: CUDA driver version is insufficient for CUDA runtime version")],
  ["WrongArchitecture", "a program for another processor", crash("exec /usr/bin/python3: exec format error", 255)],
  ["CommandNotFound", "no such program", input({ pods: [pod({ state: backOff, last: end(127, 'exec: "serve": executable file not found in $PATH', "StartError"), restarts: 2 })] })],
  ["LoadFailed", "a model that does not load", crash(`starting\n${JSON.stringify({ event: "failed", reason: "LoadFailed", message: "unknown operator Frobnicate" })}`)],
  ["LivenessProbe", "a server that hangs", input({ pods: [pod({ state: { running: { startedAt: AT } }, last: end(137, "", "Error"), restarts: 4 })], events: [event("Killing", "Container server failed liveness probe, will be restarted")] })],
  ["ReadinessProbe", "a server that says it is not ready", input({ pods: [pod({ state: { running: { startedAt: AT } } })], events: [event("Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503")] })],
  ["EndsAtOnce", "a server with nothing to do", input({ pods: [pod({ state: backOff, last: end(0, "", "Completed"), restarts: 3 })] })],
  ["SpotInterrupted", "a node that is taken back", input({ pods: [pod({ node: "ip-10-0-1-9" })], events: [event("SpotInterrupted", "Spot interruption warning was triggered for the node", "Node", "ip-10-0-1-9", "karpenter")] })],
  ["Evicted", "a pod that was put out", input({ pods: [pod({ status: { phase: "Failed", reason: "Evicted", message: "The node was low on resource: ephemeral-storage. Threshold quantity: 2Gi, available: 1Gi." } })] })],
  ["Preempted", "a pod that had to give way", input({ pods: [pod({ conditions: [is("DisruptionTarget", "True", "PreemptionByScheduler", "default-scheduler: preempting to accommodate a higher priority pod")] })] })],
  ["NodeLost", "a node that is gone", input({ pods: [pod({ conditions: [is("DisruptionTarget", "True", "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint")] })] })],
  ["MountFailed", "a volume that cannot be mounted", input({ pods: [pod({ state: wait("ContainerCreating") })], events: [event("FailedMount", 'MountVolume.SetUp failed for volume "token" : secret "model-token" not found')] })],
  ["SandboxFailed", "no address for the pod", input({ pods: [pod({ state: wait("ContainerCreating") })], events: [event("FailedCreatePodSandBox", 'Failed to create pod sandbox: plugin type="aws-cni" name="aws-cni" failed (add): add cmd: failed to assign an IP address to container')] })],
  ["Starting", "nothing wrong so far", input({ pods: [pod({ state: wait("ContainerCreating") })] })],
  ["Unknown", "words that no rule knows", unplaced("0/3 nodes are available: 3 node(s) had a novel objection.")],
];

export const DOCUMENTED: Documented[] = cases.map(([code, name, i]) => ({ name, origin: "from documentation", code, input: i }));
