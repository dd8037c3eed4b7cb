/** The GPU and CPU machines that Karpenter's provider can make here: the shapes are AWS's, the prices only order them. */
const SHAPES = [
  { name: "g4dn.xlarge", cpu: 4, memoryGib: 16, gpus: 1, gpu: "t4", price: 0.526 },
  { name: "g4dn.12xlarge", cpu: 48, memoryGib: 192, gpus: 4, gpu: "t4", price: 3.912 },
  { name: "g5.xlarge", cpu: 4, memoryGib: 16, gpus: 1, gpu: "a10g", price: 1.006 },
  { name: "g5.2xlarge", cpu: 8, memoryGib: 32, gpus: 1, gpu: "a10g", price: 1.212 },
  { name: "g5.12xlarge", cpu: 48, memoryGib: 192, gpus: 4, gpu: "a10g", price: 5.672 },
  { name: "g6.xlarge", cpu: 4, memoryGib: 16, gpus: 1, gpu: "l4", price: 0.8048 },
  { name: "g6e.xlarge", cpu: 4, memoryGib: 32, gpus: 1, gpu: "l40s", price: 1.861 },
  { name: "p4d.24xlarge", cpu: 96, memoryGib: 1152, gpus: 8, gpu: "a100", price: 32.77 },
  { name: "p5.48xlarge", cpu: 192, memoryGib: 2048, gpus: 8, gpu: "h100", price: 98.32 },
  { name: "m7i.xlarge", cpu: 4, memoryGib: 16, gpus: 0, gpu: null, price: 0.2016 },
  { name: "m7i.4xlarge", cpu: 16, memoryGib: 64, gpus: 0, gpu: null, price: 0.8064 },
];
const ZONES = ["us-east-1a", "us-east-1b"];
const SPOT_SHARE = 0.35;

/** `instance_types.json` of the provider. A requirement with one value becomes a label of the node it makes. */
export function instanceTypes(): unknown[] {
  return SHAPES.map((s) => ({
    name: s.name, architecture: "amd64", operatingSystems: ["linux"],
    resources: { cpu: String(s.cpu), memory: `${s.memoryGib}Gi`, "ephemeral-storage": "500Gi", pods: "110", ...(s.gpus > 0 ? { "nvidia.com/gpu": String(s.gpus) } : {}) },
    offerings: ZONES.flatMap((zone) => ["spot", "on-demand"].map((capacity) => ({
      Price: capacity === "spot" ? s.price * SPOT_SHARE : s.price, Available: true,
      Requirements: [
        is("karpenter.sh/capacity-type", capacity), is("topology.kubernetes.io/zone", zone),
        ...(s.gpu ? [is("karpenter.k8s.aws/instance-gpu-name", s.gpu), is("karpenter.k8s.aws/instance-gpu-count", String(s.gpus))] : []),
        is("karpenter.k8s.aws/instance-family", s.name.split(".")[0] as string),
      ],
    }))),
  }));
}

const is = (key: string, value: string) => ({ key, operator: "In", values: [value] });
