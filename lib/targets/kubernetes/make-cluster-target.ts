import { createHmac } from "node:crypto";
import { deriveKey } from "@/lib/secrets/instance-key";
import { checkConnected } from "@/lib/targets/check-connected";
import { kubeConfigOf } from "@/lib/targets/kubernetes/connection";
import { KubernetesTarget } from "@/lib/targets/kubernetes/kubernetes-target";
import { renderDeployment } from "@/lib/targets/kubernetes/manifests/render";
import { settingsOf, type SettingsRow } from "@/lib/targets/kubernetes/settings-of";

/** The target behind the row of a cluster. Credentials are opened at the first request, and once. */
export function makeClusterTarget(row: SettingsRow): KubernetesTarget {
  let kubeConfig: ReturnType<typeof kubeConfigOf> | undefined;
  const connect = () => (kubeConfig ??= kubeConfigOf(row).catch((error: unknown) => {
    kubeConfig = undefined;
    throw error;
  }));
  return new KubernetesTarget(connect, settingsOf(row), {
    render: renderDeployment,
    check: async () => (await checkConnected(row, new Date())).findings,
    digestOf: (value) => createHmac("sha256", deriveKey("secret-digest")).update(value).digest("hex"),
  });
}
