/**
 * The instance types offered as profiles, of the 214 on file. Left out: older or odd accelerators (g4ad, g5g, inf1, p3dn, trn), and sizes
 * that add only vCPUs to the same single GPU beyond 8xlarge, which serving seldom uses.
 */
export const OFFERED_INSTANCE_TYPES = [
  "c7i.large", "c7i.xlarge", "c7i.2xlarge", "c7i.4xlarge",
  "c7g.large", "c7g.xlarge", "c7g.2xlarge",
  "m7i.large", "m7i.xlarge", "m7i.2xlarge", "m7i.4xlarge",
  "r7i.large", "r7i.xlarge", "r7i.2xlarge",
  "inf2.xlarge", "inf2.8xlarge", "inf2.24xlarge", "inf2.48xlarge",
  "g4dn.xlarge", "g4dn.2xlarge", "g4dn.4xlarge", "g4dn.8xlarge", "g4dn.12xlarge",
  "g5.xlarge", "g5.2xlarge", "g5.4xlarge", "g5.8xlarge", "g5.12xlarge", "g5.24xlarge", "g5.48xlarge",
  "g6.xlarge", "g6.2xlarge", "g6.4xlarge", "g6.8xlarge", "g6.12xlarge", "g6.24xlarge", "g6.48xlarge",
  "g6e.xlarge", "g6e.2xlarge", "g6e.4xlarge", "g6e.8xlarge", "g6e.12xlarge", "g6e.24xlarge", "g6e.48xlarge",
  "g7.2xlarge", "g7e.2xlarge", "g7e.12xlarge",
  "p4d.24xlarge", "p4de.24xlarge", "p5.4xlarge", "p5.48xlarge", "p5en.48xlarge",
] as const;

/** Names as the vendors write them, for the keys of the instance type reference. */
export const ACCELERATOR_NAMES: Record<string, string> = {
  t4: "T4", a10g: "A10G", l4: "L4", l40s: "L40S", a100: "A100", h100: "H100", h200: "H200",
  inferentia2: "Inferentia2", "rtx-pro-4500": "RTX PRO 4500", "rtx-pro-server-6000": "RTX PRO 6000",
  t4g: "T4G", v100: "V100", b200: "B200", b300: "B300", inferentia: "Inferentia", trainium: "Trainium", trainium2: "Trainium2", "radeon-pro-v520": "Radeon Pro V520", "qualcomm-ai100": "Cloud AI 100",
};
