import type { Evidence } from "@/lib/deployments/diagnosis";
import { conditionOf } from "@/lib/targets/kubernetes/objects";
import { conditionLine, eventLines, isUnplaced, schedulingLines } from "./evidence";
import type { DiagnosisInput, NodeClaim } from "./input";
import { cause, textRule, type Rule } from "./rule";

const unplaced = (i: DiagnosisInput) => i.pods.some(isUnplaced);

/** What NodeClaims that have not come up say of themselves, and Karpenter's events about them. */
function claimLines(i: DiagnosisInput): Evidence[] {
  if (!unplaced(i)) return [];
  const young = i.nodeClaims.filter((c) => conditionOf(c.status?.conditions, "Initialized")?.status !== "True");
  const conditions = young.flatMap((c) => (c.status?.conditions ?? []).filter((x) => x.status === "False" || (x.status === "Unknown" && x.reason !== "AwaitingReconciliation")).map((x) => conditionLine(`NodeClaim ${c.metadata.name}`, x)));
  // A claim that failed to launch is deleted: only its events are left.
  const events = i.events.filter((e) => e.involvedObject.kind === "NodeClaim" || e.involvedObject.kind === "NodePool" || e.involvedObject.kind === "EC2NodeClass");
  return [...conditions, ...eventLines(events, null, [...new Set(events.map((e) => e.reason ?? ""))].filter((r) => r !== ""))];
}

const karpenter = (i: DiagnosisInput) => schedulingLines(i).filter((l) => /karpenter/i.test(l.source) || /nodepool|instance type|NodeClaim/i.test(l.text));

/** Ordered from the most particular: a scheduler's message names several reasons at once, each for some of the nodes. */
export const SCHEDULING_RULES: Rule[] = [
  textRule("PvcMissing", schedulingLines, /persistentvolumeclaim "([^"]+)" not found/, (m) => `The volume claim ${m[1]} is not there.`, "Make the claim in the project's namespace, or take it out of the deployment."),
  textRule("PvcUnbound", schedulingLines, /unbound immediate PersistentVolumeClaims|binding volumes: |waiting for first consumer/, "A volume claim of the pod has no volume.", "Check the claim's storage class and its provisioner (on EKS: the EBS CSI driver)."),
  textRule("VolumeZone", schedulingLines, /volume node affinity conflict/, "The pod's volume is in another zone than the nodes it could run on.", "Use a storage class that binds at first use, or nodes in the volume's zone."),
  textRule("VcpuQuota", claimLines, /VcpuLimitExceeded|vCPU (?:capacity|limit)|MaxSpotInstanceCountExceeded/i, "The AWS account may not run more vCPUs of this family: its service quota is used up, in a new account it is zero.", "Ask AWS for a higher quota: Service Quotas, Amazon EC2, \"Running On-Demand G and VT instances\" or its spot counterpart. Meanwhile choose another family."),
  textRule("SpotCapacity", claimLines, /InsufficientInstanceCapacity|InsufficientCapacity|UnfulfillableCapacity|insufficient capacity|ICE\b/i, "AWS has no such instance left to give, in any of the zones and types that were asked for.", "Allow more instance types or zones in the profile, choose \"spot with fallback\", or wait: Karpenter goes on trying."),
  textRule("NodeClassNotReady", (i) => [...claimLines(i), ...karpenter(i), ...poolLines(i)], /NodeClassNotReady|NodeClass.*not ready|failed to resolve (?:subnets|security groups|AMIs)|(?:Subnets|SecurityGroups|AMIs|InstanceProfile)\w*NotFound/i, "Karpenter's description of the nodes (EC2NodeClass) is not ready: subnets, security groups, image or role are not found.", "Look at `kubectl describe ec2nodeclass`: its conditions name what is missing, often the discovery tag."),
  textRule("LaunchUnauthorized", claimLines, /UnauthorizedOperation|AccessDenied|not authorized to perform/i, "Karpenter may not make the instance: its AWS role lacks a right.", "Give the controller's role the right that the evidence names. For spot: the service-linked role AWSServiceRoleForEC2Spot."),
  textRule("NodePoolLimit", (i) => [...karpenter(i), ...schedulingLines(i)], /(?:all available instance types exceed limits for nodepool|would exceed limits? for nodepool|exceed(?:s|ed)? limits? for nodepool)[: ]*"?([\w-]+)?"?/i, (m) => `The node pool${m[1] ? ` ${m[1]}` : ""} has reached its limit: Karpenter makes no more nodes in it.`, "Stop something else on it, or ask a platform engineer to raise the pool's limits."),
  nodePoolFull,
  acceleratorTaint,
  textRule("NoNodePool", karpenter, /no nodepools? (?:found|exist)|nodepool requirements filtered out all|no nodepool matched/i, "No node pool of the cluster makes nodes of this kind.", "Make one: the target's page generates the NodePool for the profile."),
  textRule("NoInstanceType", karpenter, /no instance type (?:satisfied resources|has enough resources|met all requirements|which had enough resources)|no instance type/i, "No instance type that the node pools may use is large enough, or has what is asked for.", "Choose a smaller profile or fewer GPUs a replica, or let a node pool use larger types."),
  textRule("IncompatiblePool", karpenter, /incompatible (?:with nodepool|requirements)|did not tolerate|not tolerate taint|incompatible/i, "The node pools that are there do not fit the pod: zone, capacity type, architecture, instance type or a taint differs.", "Compare the profile with the node pools; the target's page generates a NodePool that fits."),
  nodeNeverReady,
  nodeComing,
  textRule("NoGpuOnNodes", schedulingLines, /Insufficient ((?:nvidia|amd)\.com\/gpu|aws\.amazon\.com\/neuron\w*)/, (m) => `No node has a free accelerator (${m[1]}), and nothing makes one.`, "Install Karpenter with a GPU node pool, add GPU nodes, or check that the device plugin runs: without it a GPU is not seen."),
  textRule("NodeSelector", schedulingLines, /didn't match Pod's node affinity\/selector/, "No node has the labels that the profile asks for (capacity type, instance type, architecture), or those that do are full.", "Choose a profile for nodes that are there, or add such nodes. The target's check lists what it sees."),
  textRule("InsufficientMemory", schedulingLines, /Insufficient memory/, "No node has enough free memory.", "Choose a smaller profile, lower the replicas, or add nodes."),
  textRule("InsufficientCpu", schedulingLines, /Insufficient cpu/, "No node has enough free processors.", "Choose a smaller profile, lower the replicas, or add nodes."),
  textRule("InsufficientDisk", schedulingLines, /Insufficient ephemeral-storage/, "No node has enough free disk for the model and its image.", "Use nodes with larger volumes, or a profile with less disk."),
  textRule("TooManyPods", schedulingLines, /Too many pods/, "The nodes have as many pods as they may have.", "Add nodes, or raise the pods a node may have (on EKS: prefix delegation)."),
  textRule("TopologySpread", schedulingLines, /didn't match pod topology spread constraints/, "The replicas have to be spread over zones or nodes, and there is no further one.", "Add nodes in another zone, or lower the replicas."),
  textRule("PodAntiAffinity", schedulingLines, /didn't match pod anti-affinity rules/, "The replicas may not share a node, and there is no further one.", "Add nodes, or lower the replicas."),
  textRule("HostPorts", schedulingLines, /didn't have free ports/, "The pod asks for a port of the node that is taken.", "Take the host port out of the image's settings."),
  textRule("NodesUnschedulable", schedulingLines, /node\(s\) were unschedulable/, "The nodes that would do are cordoned.", "Uncordon one: `kubectl uncordon NODE`."),
  textRule("UntoleratedTaint", schedulingLines, /untolerated taint(?:\(s\))? ?\{([^}]*)\}/, (m) => `The nodes that are free keep other pods away: taint ${m[1]}.`, "Choose a profile for those nodes, or let the node pool carry only the taints that Slipway's pods tolerate."),
  textRule("NoNodes", schedulingLines, /no nodes available to schedule pods|0\/0 nodes/, "The cluster has no node.", "Add nodes, or install Karpenter with a node pool."),
];

function poolLines(i: DiagnosisInput): Evidence[] {
  return i.nodePools.flatMap((p) => (p.status?.conditions ?? []).filter((c) => c.status === "False").map((c) => conditionLine(`NodePool ${p.metadata.name}`, c)));
}

/** Pools with the accelerator are there, and keep off pods that do not tolerate their taint: Karpenter lists that beside what other pools lack. */
function acceleratorTaint(i: DiagnosisInput) {
  const asked = new Set(i.pods.filter(isUnplaced).flatMap((p) => p.spec.containers.flatMap((c) => Object.keys(c.resources?.limits ?? {}).filter((r) => /\/gpu|neuron/.test(r)))));
  const line = asked.size > 0 ? karpenter(i).find((l) => TAINT.test(l.text)) : undefined;
  const taint = line && TAINT.exec(line.text)?.[1];
  // A pool for another accelerator is rightly tainted for this pod: what lacks is a pool with its own.
  if (taint && /^[\w.-]+\/[\w-]*(?:gpu|neuron)/.test(taint) && ![...asked].some((r) => taint.startsWith(r))) return null;
  return line && taint ? cause("UntoleratedTaint", `The nodes with accelerators keep other pods away: taint ${taint}.`, "Choose a profile for those nodes, or let the node pool carry only the taints that Slipway's pods tolerate.", [line, ...schedulingLines(i).filter((l) => l !== line)]) : null;
}
const TAINT = /did not tolerate taint \(taint=([^)]+)\)/;

/** Karpenter says little once a pool is full; the pool's own numbers do. */
function nodePoolFull(i: DiagnosisInput) {
  const text = schedulingLines(i);
  if (!unplaced(i) || text.length === 0) return null;
  for (const pool of i.nodePools) {
    for (const [resource, limit] of Object.entries(pool.spec.limits ?? {})) {
      const used = pool.status?.resources?.[resource];
      if (used === undefined || quantity(used) < quantity(String(limit)) || !text.some((l) => l.text.includes(`Insufficient ${resource}`))) continue;
      return cause("NodePoolLimit", `The node pool ${pool.metadata.name} has reached its limit: ${used} of ${limit} ${resource} are in use.`, "Stop something else on it, or ask a platform engineer to raise the pool's limits.",
        [{ object: `NodePool ${pool.metadata.name}`, source: "spec.limits and status.resources", text: `${resource}: ${used} of ${limit}`, at: null }, ...text]);
    }
  }
  return null;
}

function nodeNeverReady(i: DiagnosisInput) {
  if (!unplaced(i)) return null;
  for (const claim of i.nodeClaims) {
    const [registered, initialized] = ["Registered", "Initialized"].map((t) => conditionOf(claim.status?.conditions, t));
    if (registered?.status === "True" && initialized && initialized.status !== "True" && /nvidia|gpu|neuron|ResourceNotRegistered|startup taint/i.test(`${initialized.reason} ${initialized.message}`)) {
      return cause("DevicePluginMissing", "The node is there, and its accelerator is not: no device plugin has told of it.", "Install the NVIDIA device plugin (or the Neuron one) on GPU nodes; the target's check has the command.", [conditionLine(`NodeClaim ${claim.metadata.name}`, initialized), ...schedulingLines(i)]);
    }
    if (conditionOf(claim.status?.conditions, "Launched")?.status === "True" && registered && registered.status !== "True" && /NodeNotFound|NotRegistered|RegistrationTimeout/i.test(registered.reason ?? "") && launchedFor(claim, i) > REGISTER_MS) {
      return cause("NodeNotJoining", "An instance runs and does not join the cluster.", "Look at its role (aws-auth or access entry), its subnet's way to the API server, and its user data.", [conditionLine(`NodeClaim ${claim.metadata.name}`, registered)]);
    }
  }
  return null;
}

const REGISTER_MS = 5 * 60_000;

/** By the youngest time that anything in the input tells: the rules know no clock. */
function launchedFor(claim: NodeClaim, i: DiagnosisInput): number {
  const launched = Date.parse(conditionOf(claim.status?.conditions, "Launched")?.lastTransitionTime ?? "");
  const seen = [...i.events.map((e) => e.lastTimestamp ?? e.metadata.creationTimestamp), ...i.nodeClaims.flatMap((c) => (c.status?.conditions ?? []).map((x) => x.lastTransitionTime))].map((t) => Date.parse(t ?? "")).filter(Number.isFinite);
  return Math.max(...seen, launched) - launched;
}

/** Nothing is wrong: it takes a minute or two. */
function nodeComing(i: DiagnosisInput) {
  if (!unplaced(i)) return null;
  const nominated = eventLines(i.events, i.pods.filter(isUnplaced).map((p) => p.metadata.uid ?? ""), ["Nominated"]);
  const coming = i.nodeClaims.filter((c) => !c.metadata.deletionTimestamp && conditionOf(c.status?.conditions, "Initialized")?.status !== "True");
  const mine = coming.filter((c) => nominated.some((n) => n.text.includes(c.metadata.name)));
  if (nominated.length === 0 || mine.length === 0) return null;
  return cause("NodeComing", "A node is being made for it. That takes one to three minutes, with a GPU image more.", "Wait. Nothing has to be done.", [...nominated, ...mine.flatMap((c) => (c.status?.conditions ?? []).filter((x) => x.status !== "True" && (x.message || x.reason)).map((x) => conditionLine(`NodeClaim ${c.metadata.name}`, x)))]);
}

const UNITS: Record<string, number> = { "": 1, m: 1e-3, k: 1e3, K: 1e3, M: 1e6, G: 1e9, T: 1e12, Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4 };
function quantity(text: string): number {
  const [, n, unit] = /^(\d+(?:\.\d+)?)(\w*)$/.exec(text) ?? [];
  return Number(n) * (UNITS[unit ?? ""] ?? Number.NaN);
}
