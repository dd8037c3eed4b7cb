import type { KubeClient } from "@/lib/targets/kubernetes/client";
import { KINDS } from "@/lib/targets/kubernetes/kinds";
import type { KubeObject } from "@/lib/targets/kubernetes/objects";
import type { ClusterState } from "@/lib/targets/kubernetes/read-cluster";
import type { Endpoint } from "@/lib/targets/target";

type Gateway = { spec: { listeners?: { name: string; hostname?: string; port: number; protocol: string }[] }; status?: { addresses?: { value: string }[] } };
type Route = { spec: { hostnames?: string[]; parentRefs?: { name: string; namespace?: string; sectionName?: string }[]; rules?: { matches?: { path?: { value?: string } }[] }[] } };
type Ingress = { spec: { tls?: unknown[]; rules?: { host?: string; http?: { paths?: { path?: string }[] } }[] }; status?: { loadBalancer?: { ingress?: { hostname?: string; ip?: string }[] } } };

/** Where callers reach a deployment, read from the object that leads there; null: no way in from outside. */
export async function endpointOf(client: KubeClient, state: ClusterState): Promise<Endpoint | null> {
  const auth: Endpoint["auth"] = state.anchor?.state.spec.public ? "none" : "token";
  const ingress = state.routes.find((r) => r.kind === "Ingress");
  if (ingress) return fromIngress(ingress, auth);
  const route = state.routes.find((r) => r.kind === "HTTPRoute");
  if (!route) return null;
  const { spec } = route as unknown as Route;
  const parent = spec.parentRefs?.[0];
  const gateway = parent ? await client.find<Gateway>(KINDS.Gateway, parent.namespace ?? route.metadata.namespace ?? null, parent.name) : null;
  const listeners = (gateway?.spec.listeners ?? []).filter((l) => l.protocol === "HTTP" || l.protocol === "HTTPS");
  const listener = listeners.find((l) => l.name === parent?.sectionName) ?? listeners.find((l) => l.protocol === "HTTPS") ?? listeners[0];
  const host = spec.hostnames?.[0] ?? (listener?.hostname?.startsWith("*") ? undefined : listener?.hostname) ?? gateway?.status?.addresses?.[0]?.value;
  if (!host) return null;
  const secure = listener ? listener.protocol === "HTTPS" : true;
  const port = listener && listener.port !== (secure ? 443 : 80) ? `:${listener.port}` : "";
  return { url: `${secure ? "https" : "http"}://${host}${port}${prefix(spec.rules?.map((r) => r.matches?.[0]?.path?.value))}`, auth };
}

function fromIngress(object: KubeObject, auth: Endpoint["auth"]): Endpoint | null {
  const { spec, status } = object as unknown as Ingress;
  const balancer = status?.loadBalancer?.ingress?.[0];
  const host = spec.rules?.find((r) => r.host)?.host ?? balancer?.hostname ?? balancer?.ip;
  if (!host) return null;
  const secure = (spec.tls?.length ?? 0) > 0 || object.metadata.annotations?.["alb.ingress.kubernetes.io/certificate-arn"] !== undefined || /HTTPS/.test(object.metadata.annotations?.["alb.ingress.kubernetes.io/listen-ports"] ?? "");
  return { url: `${secure ? "https" : "http"}://${host}${prefix(spec.rules?.flatMap((r) => r.http?.paths?.map((p) => p.path) ?? []))}`, auth };
}

/** The shortest path: revisions are addressed below or beside it. */
function prefix(paths: (string | undefined)[] | undefined): string {
  const found = (paths ?? []).filter((p): p is string => p !== undefined && p !== "").sort((a, b) => a.length - b.length)[0] ?? "";
  return found.replace(/\/\*?$/, "");
}
