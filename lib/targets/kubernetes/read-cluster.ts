import { anchorOf, type Anchor } from "@/lib/targets/kubernetes/applied-state";
import { keyOfObject } from "@/lib/targets/kubernetes/apply";
import type { KubeClient } from "@/lib/targets/kubernetes/client";
import { type Kind, KINDS, type KindName } from "@/lib/targets/kubernetes/kinds";
import { LABEL } from "@/lib/targets/kubernetes/labels";
import { selectorOf } from "@/lib/targets/kubernetes/selector";
import type { Autoscaler, DeploymentObject, KubeEvent, KubeObject, Metadata, Pod } from "@/lib/targets/kubernetes/objects";

/** What the cluster holds of one deployment at a moment. */
export type ClusterState = {
  anchor: Anchor | null;
  deployments: DeploymentObject[];
  pods: Pod[];
  autoscalers: Autoscaler[];
  routes: KubeObject[];
  /** Metadata of every applied object by kind/namespace/name, of the kinds that were read. */
  metadata: Map<string, Metadata>;
  /** Events about nodes that its pods are on. */
  nodeEvents: KubeEvent[];
};

/** Read at every look: what says how it is doing. */
const CORE = ["Deployment", "Pod", "HorizontalPodAutoscaler", "HTTPRoute", "Ingress"] as const satisfies KindName[];
/** Read too when everything is held against what was applied. */
const REST = ["Secret", "ServiceAccount", "Service", "NetworkPolicy", "PodDisruptionBudget", "ScaledObject", "TriggerAuthentication", "ServiceMonitor", "PodMonitor", "SecurityPolicy", "ResourceQuota", "LimitRange"] as const satisfies KindName[];
/** Kinds whose changes are watched. */
export const WATCHED: readonly KindName[] = ["ConfigMap", ...CORE, ...REST];

/**
 * The state of some deployments, or of all: one list a kind, in pages, however many there are. `full` reads every kind that was applied, which is
 * what drift is found by.
 */
export async function readCluster(client: KubeClient, instance: string, ids: readonly string[] | null, full: boolean): Promise<Map<string, ClusterState>> {
  const labelSelector = selectorOf(instance, ids !== null && ids.length <= MOST_IDS ? ids : undefined);
  const read = <T>(name: KindName) => client.list<T>(KINDS[name], { labelSelector });
  const [anchors, deployments, pods, autoscalers, routes, ingresses, rest] = await Promise.all([
    read<{ metadata: Metadata; data?: Record<string, string> }>("ConfigMap"), read<DeploymentObject>("Deployment"), read<Pod>("Pod"), read<Autoscaler>("HorizontalPodAutoscaler"),
    read<Untyped>("HTTPRoute"), read<Untyped>("Ingress"), full ? readRest(client, labelSelector) : [],
  ]);
  const states = new Map<string, ClusterState>();
  const of = (m: Metadata): ClusterState | null => {
    const id = m.labels?.[LABEL.deploymentId];
    if (!id || (ids !== null && !ids.includes(id))) return null;
    const known = states.get(id);
    if (known) return known;
    const made: ClusterState = { anchor: null, deployments: [], pods: [], autoscalers: [], routes: [], metadata: new Map(), nodeEvents: [] };
    states.set(id, made);
    return made;
  };
  for (const object of anchors) {
    const anchor = anchorOf(object);
    const state = anchor && of(object.metadata);
    if (state) state.anchor = anchor;
    else of(object.metadata)?.metadata.set(keyOfObject("ConfigMap", object.metadata), object.metadata);
  }
  const note = (kind: string, m: Metadata) => of(m)?.metadata.set(keyOfObject(kind, m), m);
  for (const d of deployments) { of(d.metadata)?.deployments.push(d); note("Deployment", d.metadata); }
  for (const p of pods) of(p.metadata)?.pods.push(p);
  for (const a of autoscalers) { of(a.metadata)?.autoscalers.push(a); note("HorizontalPodAutoscaler", a.metadata); }
  for (const [kind, found] of [["HTTPRoute", routes], ["Ingress", ingresses]] as const) {
    for (const r of found) { of(r.metadata)?.routes.push({ ...r, apiVersion: KINDS[kind].apiVersion, kind }); note(kind, r.metadata); }
  }
  const shared = new Map<string, Metadata>();
  for (const { kind, metadata } of rest) {
    if (metadata.labels?.[LABEL.deploymentId] === undefined) shared.set(keyOfObject(kind, metadata), metadata);
    else note(kind, metadata);
  }
  for (const state of states.values()) for (const o of state.anchor?.state.objects ?? []) {
    const metadata = o.shared ? shared.get(keyOfObject(o.kind, { name: o.name, namespace: o.namespace ?? undefined })) : undefined;
    if (metadata) state.metadata.set(keyOfObject(o.kind, metadata), metadata);
  }
  await readNodeEvents(client, states, full);
  return states;
}

/**
 * The same by their pods, with the rest as it was read last; null where something was applied since, by whomever: then everything is to be read. Two
 * requests instead of six or more.
 */
export async function readPods(client: KubeClient, instance: string, last: ReadonlyMap<string, ClusterState>): Promise<Map<string, ClusterState> | null> {
  const labelSelector = selectorOf(instance, last.size <= MOST_IDS ? [...last.keys()] : undefined);
  const [anchors, pods] = await Promise.all([client.list<{ metadata: Metadata; data?: Record<string, string> }>(KINDS.ConfigMap, { labelSelector }), client.list<Pod>(KINDS.Pod, { labelSelector })]);
  const versions = new Map(anchors.flatMap((o) => anchorOf(o) ?? []).map((a) => [a.metadata.labels?.[LABEL.deploymentId], a.metadata.resourceVersion]));
  if ([...last].some(([id, { anchor }]) => versions.get(id) === undefined || versions.get(id) !== anchor?.metadata.resourceVersion)) return null;
  const own = Map.groupBy(pods, (p) => p.metadata.labels?.[LABEL.deploymentId] ?? "");
  const states = new Map([...last].map(([id, state]) => [id, { ...state, pods: own.get(id) ?? [], nodeEvents: [] }]));
  await readNodeEvents(client, states, false);
  return states;
}

/** Items of a list do not say what they are. */
type Untyped = { metadata: Metadata; spec?: unknown; status?: unknown };

/** Longer selectors would not fit into a URL; then all are read, and the others passed over. */
const MOST_IDS = 40;

/** Kinds of which a namespace has its own, beside those of a deployment. */
const SHARED: ReadonlySet<KindName> = new Set(["ServiceAccount", "ResourceQuota", "LimitRange", "NetworkPolicy"]);

async function readRest(client: KubeClient, labelSelector: string): Promise<{ kind: string; metadata: Metadata }[]> {
  // Objects of a namespace have no deployment's label: they come with everything of the installation.
  const own = labelSelector.replace(/,slipway\.dev\/deployment-id.*$/, "");
  const lists = await Promise.all(REST.map(async (kind) => (await client.listMetadata(KINDS[kind] as Kind, { labelSelector: SHARED.has(kind) ? own : labelSelector })).map(({ metadata }) => ({ kind, metadata }))));
  return lists.flat();
}

/** What is said about nodes matters when pods leave them; looked at in full passes, and when a pod is going. */
async function readNodeEvents(client: KubeClient, states: Map<string, ClusterState>, full: boolean): Promise<void> {
  const nodes = new Set([...states.values()].flatMap((s) => s.pods.flatMap((p) => (p.spec.nodeName && (full || p.metadata.deletionTimestamp) ? [p.spec.nodeName] : []))));
  if (nodes.size === 0) return;
  const events = await client.list<KubeEvent>(KINDS.Event, { fieldSelector: "involvedObject.kind=Node" });
  const byNode = Map.groupBy(events.filter((e) => INTERRUPTIONS.has(e.reason ?? "") && nodes.has(e.involvedObject.name ?? "")), (e) => e.involvedObject.name ?? "");
  if (byNode.size === 0) return;
  for (const state of states.values()) for (const name of new Set(state.pods.map((p) => p.spec.nodeName ?? ""))) state.nodeEvents.push(...(byNode.get(name) ?? []));
}

/** Reasons of Karpenter's interruption controller. */
export const INTERRUPTIONS: ReadonlySet<string> = new Set(["SpotInterrupted", "SpotRebalanceRecommendation", "CapacityReservationInstanceInterrupted", "InstanceStopping", "InstanceTerminating", "InstanceUnhealthy", "TerminatingOnInterruption"]);
