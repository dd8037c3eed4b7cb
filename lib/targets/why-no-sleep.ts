import { settingsOf, type SettingsRow } from "@/lib/targets/kubernetes/settings-of";

/** What a target needs for a deployment to scale to zero and to wake again, by what is known of it; null: it can. On this machine the gateway does both. */
export function whyNoSleep(target: SettingsRow & { kind: string; name: string }): string | null {
  if (target.kind === "local") return null;
  const { keda, prometheusUrl, ingress } = settingsOf(target);
  return keda && prometheusUrl !== null && ingress.kind === "gateway" ? null : `scaling to zero needs KEDA, Prometheus and a gateway that counts requests on ${target.name}.`;
}
