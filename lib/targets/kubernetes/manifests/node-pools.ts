import { LABEL, FIELD_MANAGER, labelValue } from "@/lib/targets/kubernetes/labels";
import { nameHash, namePart } from "@/lib/targets/kubernetes/names";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import type { NodePoolPlan } from "@/lib/targets/target";
import type { Manifest } from "./manifest";
import { CAPACITY_TYPE } from "./placement";

/** Kept for the system, its images and logs. */
const SYSTEM_GIB = 20;
/** Room for an image that was not measured, as it lies packed and unpacked. */
const UNKNOWN_IMAGE_GIB = 40;
/** Nodes that leave at once are a deployment that pauses: one, or a tenth. */
const BUDGET = "10%";

/** GiB of a node's volume: at least the profile's, more where model and image need it. */
export function volumeGib({ placement, replicaDiskGib, imageGib }: Pick<NodePoolPlan, "placement" | "replicaDiskGib" | "imageGib">): number {
  return Math.max(placement.diskGib, Math.ceil(SYSTEM_GIB + replicaDiskGib + (imageGib === null ? UNKNOWN_IMAGE_GIB : 2 * imageGib)));
}

/** The Karpenter NodePool a placement needs, and the class of its nodes. To be shown before it is applied: it makes machines that cost money. */
export function renderNodePools(plan: NodePoolPlan, settings: Pick<ClusterSettings, "instance" | "provider">): Manifest[] {
  const auto = settings.provider === "eks-auto";
  const { placement } = plan;
  const accelerated = placement.acceleratorResource !== null;
  const identity = [placement.capacityType, placement.architecture, placement.acceleratorResource ?? "", ...[...placement.instanceTypes].sort()].join(" ");
  const name = `slipway-${namePart(settings.instance, 8)}-${accelerated ? "gpu" : "cpu"}-${placement.capacityType === "spot-with-fallback" ? "spot-first" : placement.capacityType}-${nameHash(identity, 6)}`;
  const labels = { [LABEL.managedBy]: FIELD_MANAGER, [LABEL.instance]: labelValue(settings.instance) };
  return [auto ? autoNodeClass(name, labels, plan) : ec2NodeClass(name, labels, plan), nodePool(name, labels, plan, auto)];
}

function ec2NodeClass(name: string, labels: Record<string, string>, plan: NodePoolPlan): Manifest {
  const selector = [{ tags: { "karpenter.sh/discovery": plan.discovery } }];
  return {
    apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", metadata: { name, labels },
    spec: {
      role: plan.nodeRole, amiSelectorTerms: [{ alias: "al2023@latest" }], subnetSelectorTerms: selector, securityGroupSelectorTerms: selector,
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: `${volumeGib(plan)}Gi`, volumeType: "gp3", iops: 6000, throughput: 500, encrypted: true, deleteOnTermination: true } }],
      // Pods must not reach the node's own credentials: one hop ends at the node.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      instanceStorePolicy: "RAID0", tags: { "slipway.dev/instance": labels[LABEL.instance] ?? "" },
    },
  };
}

function autoNodeClass(name: string, labels: Record<string, string>, plan: NodePoolPlan): Manifest {
  return {
    apiVersion: "eks.amazonaws.com/v1", kind: "NodeClass", metadata: { name, labels },
    spec: {
      role: plan.nodeRole, subnetSelectorTerms: [{ tags: { "karpenter.sh/discovery": plan.discovery } }], securityGroupSelectorTerms: [{ tags: { "aws:eks:cluster-name": plan.discovery } }],
      ephemeralStorage: { size: `${volumeGib(plan)}Gi`, iops: 6000, throughput: 500 },
    },
  };
}

function nodePool(name: string, labels: Record<string, string>, plan: NodePoolPlan, auto: boolean): Manifest {
  const { placement } = plan;
  const prefix = auto ? "eks.amazonaws.com" : "karpenter.k8s.aws";
  const resource = placement.acceleratorResource;
  const count = resource === null ? null : resource === "aws.amazon.com/neuron" ? `${prefix}/instance-accelerator-count` : `${prefix}/instance-gpu-count`;
  return {
    apiVersion: "karpenter.sh/v1", kind: "NodePool", metadata: { name, labels },
    spec: {
      template: {
        metadata: { labels: { [LABEL.managedBy]: FIELD_MANAGER, [LABEL.instance]: labels[LABEL.instance] ?? "" } },
        spec: {
          nodeClassRef: auto ? { group: "eks.amazonaws.com", kind: "NodeClass", name } : { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name },
          ...(resource === null ? {} : { taints: [{ key: resource, value: "true", effect: "NoSchedule" }] }),
          expireAfter: "336h", terminationGracePeriod: "30m",
          requirements: [
            // Both in one pool: Karpenter takes spot first and on-demand where there is none.
            { key: CAPACITY_TYPE, operator: "In", values: placement.capacityType === "spot-with-fallback" ? ["spot", "on-demand"] : [placement.capacityType] },
            { key: "kubernetes.io/arch", operator: "In", values: [placement.architecture] }, { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
            ...(placement.instanceTypes.length === 0 ? [] : [{ key: "node.kubernetes.io/instance-type", operator: "In", values: [...placement.instanceTypes].sort() }]),
            ...(count === null ? [] : [{ key: count, operator: "Gt", values: ["0"] }]),
          ],
        },
      },
      limits: { cpu: String(plan.limits.cpu), memory: `${plan.limits.memoryGib}Gi`, ...(resource === null ? {} : { [resource]: String(plan.limits.accelerators) }) },
      disruption: { consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "5m", budgets: [{ nodes: BUDGET }] },
    },
  };
}
