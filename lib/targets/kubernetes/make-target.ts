import { createHmac } from "node:crypto";
import type { KubeConfig } from "@kubernetes/client-node";
import { deriveKey } from "@/lib/secrets/instance-key";
import { KubernetesTarget } from "@/lib/targets/kubernetes/kubernetes-target";
import { renderDeployment } from "@/lib/targets/kubernetes/manifests/render";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import type { Finding } from "@/lib/targets/target";

/** A cluster target as the product runs it: Slipway's manifests, and digests of secrets that only this installation can make. */
export function makeKubernetesTarget(kubeConfig: () => Promise<KubeConfig>, settings: ClusterSettings, check: () => Promise<Finding[]>): KubernetesTarget {
  const key = deriveKey("spec-digest");
  return new KubernetesTarget(kubeConfig, settings, { render: renderDeployment, check, digestOf: (value) => createHmac("sha256", key).update(value).digest("hex").slice(0, 32) });
}
