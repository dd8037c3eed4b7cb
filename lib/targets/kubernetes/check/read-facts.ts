import type { KubeConfig } from "@kubernetes/client-node";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { ClusterFacts, Unread } from "@/lib/targets/kubernetes/check/facts";
import { readDenied } from "@/lib/targets/kubernetes/check/read-denied";
import { gatewayOf, nodeOf, nodePoolOf, serviceOf, workloadOf } from "@/lib/targets/kubernetes/check/read-objects";
import { kubeRequest } from "@/lib/targets/kubernetes/kube-request";
import { whyUnreachable } from "@/lib/targets/kubernetes/why-unreachable";

/** Objects of a kind that are looked at; a cluster with more is judged by these. */
const LIMIT = 500;

const versionSchema = z.object({ gitVersion: z.string() });
const groupsSchema = z.object({ groups: z.array(z.object({ name: z.string() })).nullish() });
const listSchema = z.object({ items: z.array(z.unknown()).nullish() });
const reviewSchema = z.object({ status: z.object({ userInfo: z.object({ username: z.string() }) }) });
const resourcesSchema = z.object({ resources: z.array(z.object({ name: z.string() })) });
const classSchema = z.object({ metadata: z.object({ name: z.string() }), spec: z.object({ controller: z.string().nullish() }).nullish() });

export const hostOf = (kc: KubeConfig): string => {
  const server = kc.getCurrentCluster()?.server ?? "";
  return URL.canParse(server) ? new URL(server).host : server;
};

/** Version of the API server. Throws unprocessable in words where it cannot be reached or does not let Slipway in. */
export async function readVersion(kc: KubeConfig): Promise<string> {
  const answer = await kubeRequest(kc, "/version").catch((cause: unknown) => {
    throw new AppError("unprocessable", whyUnreachable(cause, hostOf(kc)).message, { cause });
  });
  if (answer.status === 401) throw new AppError("unprocessable", `${hostOf(kc)} does not accept the credentials. They may have expired, or belong to another cluster.`);
  const parsed = versionSchema.safeParse(answer.body);
  // What answered is not repeated: it may not be a cluster at all.
  if (!parsed.success) throw new AppError("unprocessable", `${hostOf(kc)} answered with HTTP ${answer.status}, and not as a Kubernetes API server does. Check the address.`);
  return parsed.data.gitVersion.slice(0, 40);
}

/** Everything a check wants to know. Throws as readVersion does; what cannot be read beyond that says why. */
export async function readFacts(kc: KubeConfig): Promise<ClusterFacts> {
  const version = await readVersion(kc);
  const { groups, stale } = await readGroups(kc);
  const list = async <T>(path: string, kind: string, of: (item: unknown) => T | null): Promise<T[] | Unread> => readList(kc, path, kind, of);
  const [user, denied, deployments, daemonSets, statefulSets, services, nodes, gateways, ingressClasses, nodePools, argo] = await Promise.all([
    readUser(kc), readDenied(kc, groups),
    list(`/apis/apps/v1/deployments?limit=${LIMIT}`, "deployments", (o) => workloadOf("Deployment", o)),
    list(`/apis/apps/v1/daemonsets?limit=${LIMIT}`, "daemonsets", (o) => workloadOf("DaemonSet", o)),
    list(`/apis/apps/v1/statefulsets?limit=${LIMIT}`, "statefulsets", (o) => workloadOf("StatefulSet", o)),
    list(`/api/v1/services?limit=${LIMIT}`, "services", serviceOf),
    list(`/api/v1/nodes?limit=${LIMIT}`, "nodes", nodeOf),
    groups.has("gateway.networking.k8s.io") ? list(`/apis/gateway.networking.k8s.io/v1/gateways?limit=${LIMIT}`, "gateways", gatewayOf) : [],
    list("/apis/networking.k8s.io/v1/ingressclasses?limit=100", "ingressclasses", (o) => { const c = classSchema.safeParse(o); return c.success ? { name: c.data.metadata.name, controller: c.data.spec?.controller ?? "" } : null; }),
    groups.has("karpenter.sh") ? list("/apis/karpenter.sh/v1/nodepools?limit=200", "nodepools", nodePoolOf) : [],
    groups.has("argoproj.io") ? readResources(kc, "/apis/argoproj.io/v1alpha1") : [],
  ]);
  return { version, user, groups, staleGroups: stale, argoResources: argo, denied, workloads: merge(deployments, daemonSets, statefulSets), services, nodes, gateways, nodePools, ingressClasses };
}

/** One kind that may not be listed does not hide what the others tell; none at all is unread. */
function merge<T>(...lists: (T[] | Unread)[]): T[] | Unread {
  const read = lists.filter((l): l is T[] => Array.isArray(l));
  return read.length > 0 ? read.flat() : lists[0]!;
}

async function readUser(kc: KubeConfig): Promise<string | Unread> {
  const body = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  const answer = await kubeRequest(kc, "/apis/authentication.k8s.io/v1/selfsubjectreviews", { method: "POST", body }).catch(() => null);
  const parsed = reviewSchema.safeParse(answer?.body);
  return parsed.success ? parsed.data.status.userInfo.username : { unread: "The cluster does not tell who Slipway is (Kubernetes 1.28 and newer do)." };
}

async function readGroups(kc: KubeConfig): Promise<{ groups: Set<string>; stale: Set<string> }> {
  const parsed = groupsSchema.safeParse((await kubeRequest(kc, "/apis").catch(() => null))?.body);
  const groups = new Set((parsed.success ? parsed.data.groups ?? [] : []).map((g) => g.name));
  const stale = new Set<string>();
  // Served by another program through the API server: listed even while that program is away.
  await Promise.all([["metrics.k8s.io", "v1beta1"], ["custom.metrics.k8s.io", "v1beta2"], ["custom.metrics.k8s.io", "v1beta1"]].map(async ([group, version]) => {
    if (!groups.has(group!)) return;
    const answer = await kubeRequest(kc, `/apis/${group}/${version}`).catch(() => null);
    if (answer === null || answer.status >= 500) stale.add(group!);
  }));
  return { groups, stale };
}

async function readResources(kc: KubeConfig, path: string): Promise<string[] | Unread> {
  const parsed = resourcesSchema.safeParse((await kubeRequest(kc, path).catch(() => null))?.body);
  return parsed.success ? parsed.data.resources.map((r) => r.name) : { unread: "Its resources could not be read." };
}

async function readList<T>(kc: KubeConfig, path: string, kind: string, of: (item: unknown) => T | null): Promise<T[] | Unread> {
  const answer = await kubeRequest(kc, path, { timeoutMs: 20_000 }).catch(() => null);
  if (answer === null) return { unread: `The ${kind} could not be read.` };
  if (answer.status === 401 || answer.status === 403) return { unread: `Slipway may not list ${kind} there.` };
  const parsed = listSchema.safeParse(answer.body);
  if (answer.status !== 200 || !parsed.success) return { unread: `The ${kind} could not be read (HTTP ${answer.status}).` };
  return (parsed.data.items ?? []).map(of).filter((item): item is NonNullable<typeof item> => item !== null);
}
