import { volumeGib } from "@/lib/targets/kubernetes/manifests/node-pools";
import type { NodePoolPlan, PlannedNodePools } from "@/lib/targets/target";
import type { Manifest } from "./manifest";

const CAPACITY_WORDS: Record<NodePoolPlan["placement"]["capacityType"], [string, string]> = {
  "on-demand": ["on-demand", "Machines that AWS does not take back."],
  spot: ["spot", "Cheaper machines that AWS takes back with two minutes' notice. With none to be had, replicas wait."],
  "spot-with-fallback": ["spot, on-demand", "Spot where there is some, on-demand where there is none: both in one pool, and Karpenter takes the cheaper first."],
};

/** What each part of the pools is there for, and where a figure comes from. Pure. */
export function explainNodePools(plan: NodePoolPlan, [nodeClass, pool]: readonly Manifest[]): PlannedNodePools["explained"] {
  const { placement, limits } = plan;
  const [classOf, poolOf] = [nodeClass?.kind ?? "EC2NodeClass", pool?.kind ?? "NodePool"];
  const [capacity, capacityWhy] = CAPACITY_WORDS[placement.capacityType];
  const size = volumeGib(plan);
  const image = plan.imageGib === null ? "40 GiB for an image that was not measured" : `twice the image's ${plan.imageGib} GiB, packed and unpacked`;
  const accelerators = placement.acceleratorResource;
  return [
    { object: classOf, field: "role", value: plan.nodeRole, why: "IAM role of the machines. Pods do not reach it: the metadata service is one hop away only." },
    { object: classOf, field: "karpenter.sh/discovery", value: plan.discovery, why: "Subnets and security groups with this tag are used." },
    { object: classOf, field: "volume", value: `${size} GiB`, why: size === placement.diskGib ? "What the profile says; model and image need no more." : `20 GiB for the system, ${plan.replicaDiskGib} GiB for a replica's files, and ${image}.` },
    { object: poolOf, field: "capacity type", value: capacity, why: capacityWhy },
    { object: poolOf, field: "instance types", value: placement.instanceTypes.length === 0 ? "any that fits" : placement.instanceTypes.join(", "), why: "What the profile's price and fit were computed for." },
    { object: poolOf, field: "limits", value: [`${limits.cpu} cores`, `${limits.memoryGib} GiB`, ...(accelerators === null ? [] : [`${limits.accelerators} ${accelerators}`])].join(", "), why: "The most that all its machines have together. Beyond it replicas wait, and the bill does not grow." },
    ...(accelerators === null ? [] : [{ object: poolOf, field: "taint", value: accelerators, why: "Keeps pods away that use no accelerator." }]),
    { object: poolOf, field: "disruption", value: "10 %, after 5 min", why: "Machines that are empty or hardly used are given back, a tenth of them at a time. A replica that loads is left alone." },
    { object: poolOf, field: "expireAfter", value: "14 days", why: "A machine is replaced by then, with its system's updates." },
  ];
}
