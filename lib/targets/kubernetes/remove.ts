import { findAnchor } from "@/lib/targets/kubernetes/applied-state";
import type { KubeClient } from "@/lib/targets/kubernetes/client";
import { type Kind, KINDS, type KindName } from "@/lib/targets/kubernetes/kinds";
import { FIELD_MANAGER, LABEL } from "@/lib/targets/kubernetes/labels";
import { selectorOf } from "@/lib/targets/kubernetes/selector";
import type { KubeObject, Metadata } from "@/lib/targets/kubernetes/objects";

type Item = { metadata: Metadata };

/**
 * Takes a deployment's objects away: everything it owns goes with its state, pods in their own time. A namespace that Slipway made goes
 * with the last deployment in it, unless somebody put something of their own there. Repeated until nothing is left, it is the same.
 */
export async function removeDeployment(client: KubeClient, instance: string, deploymentId: string): Promise<void> {
  const namespaces = new Set(await namespacesOf(client, instance, deploymentId));
  for (const namespace of namespaces) {
    const others = (await client.listMetadata(KINDS.ConfigMap, { namespace, labelSelector: selectorOf(instance) })).filter((m) => isAnchor(m) && m.metadata.labels?.[LABEL.deploymentId] !== deploymentId && !m.metadata.deletionTimestamp);
    // The namespace first: cut off between the two, nothing would ever come back for it.
    if (others.length === 0) await removeNamespace(client, instance, namespace);
    const anchor = await findAnchor(client, namespace, deploymentId);
    if (anchor && !anchor.metadata.deletionTimestamp) await client.delete(KINDS.ConfigMap, namespace, anchor.name, { uid: anchor.uid, propagation: "Foreground" });
    if (!anchor) await removeOwnerless(client, instance, namespace, deploymentId);
  }
}

const isAnchor = (m: Item) => m.metadata.name === `slipway-${m.metadata.labels?.[LABEL.deploymentId]}`;

async function namespacesOf(client: KubeClient, instance: string, id: string): Promise<string[]> {
  const labelSelector = selectorOf(instance, [id]);
  const lists = await Promise.all([client.listMetadata(KINDS.ConfigMap, { labelSelector }), client.listMetadata(KINDS.Deployment, { labelSelector }), client.listMetadata(KINDS.Pod, { labelSelector })]);
  return lists.flat().flatMap((o) => (o.metadata.namespace ? [o.metadata.namespace] : []));
}

/** Its state is gone, by somebody's hand, and the garbage collector has not been there yet. */
async function removeOwnerless(client: KubeClient, instance: string, namespace: string, id: string): Promise<void> {
  const own = await client.listMetadata(KINDS.Deployment, { namespace, labelSelector: selectorOf(instance, [id]) });
  for (const { metadata } of own) await client.delete(KINDS.Deployment, namespace, metadata.name, { uid: metadata.uid });
}

/** Kinds of which a thing that is not Slipway's keeps a namespace alive. */
const OTHERS: KindName[] = ["Pod", "Deployment", "ConfigMap", "Secret", "Service", "PersistentVolumeClaim", "Ingress", "Role", "RoleBinding"];

async function removeNamespace(client: KubeClient, instance: string, name: string): Promise<void> {
  const namespace = await client.find<KubeObject>(KINDS.Namespace, null, name);
  const labels = namespace?.metadata.labels ?? {};
  if (!namespace || namespace.metadata.deletionTimestamp || labels[LABEL.managedBy] !== FIELD_MANAGER || labels[LABEL.instance] !== instance) return;
  for (const kind of OTHERS) {
    const items = await client.listMetadata(KINDS[kind] as Kind, { namespace: name });
    if (items.some((o) => isForeign(kind, o.metadata, instance))) return;
  }
  await client.delete(KINDS.Namespace, null, name, { uid: namespace.metadata.uid });
}

function isForeign(kind: KindName, m: Metadata, instance: string): boolean {
  if (m.labels?.[LABEL.instance] === instance) return false;
  if (kind === "ConfigMap" && m.name === "kube-root-ca.crt") return false;
  // What a controller made for something of ours: pods by a ReplicaSet, a scaler's autoscaler.
  return (m.ownerReferences ?? []).length === 0;
}
