import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors";
import { canonicalJson, specHash } from "@/lib/targets/spec-hash";
import { findAnchor, reducedSpec, writeAnchor, type Anchor, type AppliedObject } from "@/lib/targets/kubernetes/applied-state";
import { fieldConflicts, KubeApiError } from "@/lib/targets/kubernetes/api-error";
import type { KubeClient } from "@/lib/targets/kubernetes/client";
import { kindOf, KINDS, type KindName } from "@/lib/targets/kubernetes/kinds";
import { LABEL } from "@/lib/targets/kubernetes/labels";
import type { DeploymentObject, KubeObject, Metadata } from "@/lib/targets/kubernetes/objects";
import { ownedPrints } from "@/lib/targets/kubernetes/owned-fields";
import type { SharedObjects } from "@/lib/targets/kubernetes/shared-objects";
import type { DeploymentSpec } from "@/lib/targets/target";

export type ApplyContext = {
  client: KubeClient;
  instance: string;
  /** Every object of a deployment, its namespace's included; pure. */
  render: (spec: DeploymentSpec) => KubeObject[];
  /** Stands for a secret's value where values must not be. */
  digestOf: (value: string) => string;
  /** What deployments of a namespace share and one of them applied just now; left out: everything is applied for each. */
  shared?: SharedObjects;
};

/**
 * Makes the objects so. Idempotent, and safe to cut off anywhere: what is about to be applied is written down before, that it is
 * applied after. What is no longer rendered goes last; a revision that still serves stays until those that carry traffic are ready, and
 * until then the deployment does not count as applied.
 */
export async function applyDeployment(context: ApplyContext, spec: DeploymentSpec): Promise<void> {
  const { client, instance } = context;
  const rendered = context.render(spec);
  const namespace = rendered.find((o) => o.metadata.labels?.[LABEL.deploymentId] === spec.ref.id)?.metadata.namespace;
  if (!namespace) throw new Error("nothing was rendered in a namespace");
  const hash = specHash(spec);

  const planned = rendered.map((object) => ({ object, entry: entryOf(object) }));
  const ready = new Map<string, AppliedObject>();
  const [before, homes] = await Promise.all([findAnchor(client, namespace, spec.ref.id), Promise.all(planned.filter((p) => !p.object.metadata.namespace).map((p) => standing(context, p)))]);
  // A worker that slept past its lease wakes with an older state than what is there.
  if (before && before.state.spec.generation > spec.generation) return;
  if (before?.metadata.deletionTimestamp) throw new AppError("not_ready", "What this deployment had on the cluster is still being taken away.");

  const known = new Map((before?.state.objects ?? []).map((o) => [keyOf(o), o]));
  const names = new Set(planned.map((p) => keyOf(p.entry)));
  const leaving = [...known.values()].filter((o) => !names.has(keyOf(o)));
  // The same state again: something is not as it was applied, so everything is applied, whatever is written down.
  const repair = before?.state.hash === hash;
  let home = "";
  for (const { object, entry, lately, uid } of homes) {
    const applied = lately && !repair ? null : (await applyOne(client, annotated(object, entry))).metadata;
    const noted = applied ? { ...entry, owned: ownedPrints(applied) } : lately!;
    ready.set(keyOf(entry), noted);
    home += applied?.uid ?? uid;
    if (applied?.uid) context.shared?.note(applied.uid, noted);
  }
  if (!repair) for (const { entry } of planned.filter((p) => p.entry.shared)) {
    const lately = context.shared?.find(home, entry);
    if (lately) ready.set(keyOf(entry), lately);
  }
  const due = planned.filter((p) => !ready.has(keyOf(p.entry)) && (repair || known.get(keyOf(p.entry))?.hash !== p.entry.hash));
  const reduced = reducedSpec(spec, context.digestOf);

  const carry = planned.map(({ entry }) => {
    const was = ready.get(keyOf(entry)) ?? known.get(keyOf(entry));
    return was && !due.some((d) => d.entry === entry) ? was : { ...entry, hash: "", owned: was?.owned ?? "" };
  });
  const anchor = await inNamespace(() => writeAnchor(client, namespace, spec.ref, instance, { hash: "", spec: reduced, objects: [...carry, ...leaving] }, before?.metadata.resourceVersion ?? null));

  const done = new Map(carry.filter((o) => o.hash !== "").map((o) => [keyOf(o), o]));
  for (const rank of ranksOf(due)) {
    await Promise.all(rank.map(async ({ object, entry }) => {
      const applied = await inNamespace(() => applyOne(client, marked(anchor, object, entry)));
      const noted = { ...entry, owned: ownedPrints(applied.metadata) };
      done.set(keyOf(entry), noted);
      if (entry.shared) context.shared?.note(home, noted);
      await startWith(client, spec, object, rendered, applied as unknown as DeploymentObject);
    }));
  }
  const staying = await retire(client, namespace, spec, leaving.filter((o) => !o.shared));
  await writeAnchor(client, namespace, spec.ref, instance, { hash: staying.length === 0 ? hash : "", spec: reduced, objects: [...done.values(), ...staying] }, anchor.metadata.resourceVersion ?? null);
}

type Planned = { object: KubeObject; entry: AppliedObject };

/** An object of the cluster that this process applied just now and that is still the very same: it is asked for, not applied again. */
async function standing({ client, shared }: ApplyContext, { object, entry }: Planned): Promise<Planned & { lately: AppliedObject | null; uid: string }> {
  const live = shared ? await client.find<KubeObject>(kindOf(object.apiVersion, object.kind), null, object.metadata.name) : null;
  const uid = live?.metadata.uid ?? "";
  return { object, entry, uid, lately: live && !live.metadata.deletionTimestamp ? shared?.find(uid, entry) ?? null : null };
}

/**
 * Pods come after what they need, and what points at them after them: an autoscaler that finds none gives up for a while. What checks callers comes before what
 * lets them in, a route, which is last: where the check is refused, nobody is let in unchecked.
 */
const RANKS: KindName[][] = [
  ["Namespace"], ["ResourceQuota", "LimitRange", "NetworkPolicy", "ServiceAccount", "Secret", "ConfigMap", "TriggerAuthentication", "Service"],
  ["Deployment", "PodDisruptionBudget", "SecurityPolicy"],
];

function ranksOf<T extends { object: KubeObject }>(items: T[]): T[][] {
  const rankOf = (o: KubeObject) => {
    const at = RANKS.findIndex((kinds) => (kinds as string[]).includes(o.kind));
    return at < 0 ? RANKS.length : at;
  };
  return [...Map.groupBy(items, (i) => rankOf(i.object))].sort(([a], [b]) => a - b).map(([, rank]) => rank);
}

/**
 * Fields that somebody once edited are ours again. Fields that another program applies too are not fought over: the two would undo each
 * other for ever. Throws AppError("conflict") naming the fields then, and unprocessable where the cluster refuses the object itself.
 */
export async function applyOne(client: KubeClient, object: KubeObject, dryRun = false): Promise<KubeObject> {
  const what = `${object.kind} ${object.metadata.name}`;
  try {
    return await client.apply<KubeObject>(object, { force: false, dryRun }).catch((error: unknown) => {
      const conflicts = fieldConflicts(error);
      if (!conflicts) throw error;
      const fought = conflicts.filter((c) => c.applies);
      if (fought.length === 0) return client.apply<KubeObject>(object, { force: true, dryRun });
      const by = [...new Set(fought.map((c) => c.manager))].join(" and ");
      throw new AppError("conflict", `${what} is also managed by ${by}, which sets ${list(fought.map((c) => c.field))}. Take it out of there, or delete the deployment here.`, { cause: error });
    });
  } catch (error) {
    if (error instanceof KubeApiError && REFUSED.has(error.status) && !isTerminating(error) && !isMissingRight(error)) throw new AppError("unprocessable", `The cluster refused ${what}: ${error.message}`, { cause: error });
    throw error;
  }
}

const REFUSED = new Set([400, 403, 404, 413, 422]);
const isTerminating = (e: KubeApiError) => e.causes.some((c) => c.reason === "NamespaceTerminating");
const isMissingRight = (e: KubeApiError) => e.status === 403 && /^\S+ "[^"]*" is forbidden: User "/.test(e.message);

async function inNamespace<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof KubeApiError && isTerminating(error)) throw new AppError("not_ready", "The project's namespace is still being deleted on the cluster. This goes on by itself once it is gone.", { cause: error });
    throw error;
  }
}

/** On each object: hash of what was rendered, so that an older state written over a newer one is seen. */
export const APPLIED_ANNOTATION = "slipway.dev/applied";

const annotated = (object: KubeObject, entry: AppliedObject): KubeObject => ({ ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, [APPLIED_ANNOTATION]: entry.hash } } });

function marked(anchor: Anchor, object: KubeObject, entry: AppliedObject): KubeObject {
  const made = annotated(object, entry);
  if (entry.shared) return made;
  return { ...made, metadata: { ...made.metadata, ownerReferences: [{ apiVersion: "v1", kind: "ConfigMap", name: anchor.name, uid: anchor.uid, blockOwnerDeletion: true }] } };
}

/**
 * An autoscaler owns the number of replicas, so it is in no manifest; a new Deployment would begin with one and wait for the autoscaler's
 * first look. This gives it its minimum once, under another name, which the autoscaler then takes over.
 */
async function startWith(client: KubeClient, spec: DeploymentSpec, object: KubeObject, all: KubeObject[], applied: DeploymentObject): Promise<void> {
  if (object.kind !== "Deployment" || (object.spec as { replicas?: number }).replicas !== undefined || (applied.metadata.generation ?? 0) > 1) return;
  const scaler = all.find((o) => (o.kind === "HorizontalPodAutoscaler" || o.kind === "ScaledObject") && (o.spec as { scaleTargetRef?: { name?: string } }).scaleTargetRef?.name === object.metadata.name);
  const min = (scaler?.spec as { minReplicas?: number; minReplicaCount?: number } | undefined)?.minReplicas ?? (scaler?.spec as { minReplicaCount?: number } | undefined)?.minReplicaCount ?? spec.scaling.min;
  if (min <= 1 || min === applied.spec.replicas) return;
  await client.merge(KINDS.Deployment, object.metadata.namespace ?? null, object.metadata.name, { spec: { replicas: min } }, "scale", "slipway-start");
}

/** Removes what the spec no longer has. Returns what has to stay for now. */
async function retire(client: KubeClient, namespace: string, spec: DeploymentSpec, leaving: AppliedObject[]): Promise<AppliedObject[]> {
  const old = new Set(leaving.flatMap((o) => (o.revision !== null && !spec.revisions.some((r) => r.n === o.revision) ? [o.revision] : [])));
  const keep = old.size > 0 && spec.scaling.max > 0 ? await stillNeeded(client, namespace, spec, old) : new Set<number>();
  const [staying, going] = [leaving.filter((o) => o.revision !== null && keep.has(o.revision)), leaving.filter((o) => o.revision === null || !keep.has(o.revision))];
  // What leads to the pods goes before the pods.
  for (const o of [...going].sort((a, b) => Number(a.kind === "Deployment") - Number(b.kind === "Deployment"))) await client.delete(kindOf(o.apiVersion, o.kind), o.namespace, o.name);
  return staying;
}

/** Revisions that left the spec and serve, while one that carries traffic does not yet. */
async function stillNeeded(client: KubeClient, namespace: string, spec: DeploymentSpec, old: Set<number>): Promise<Set<number>> {
  const deployments = await client.list<DeploymentObject>(KINDS.Deployment, { namespace, labelSelector: `${LABEL.deploymentId}=${spec.ref.id}` });
  const ready = new Map(deployments.map((d) => [Number(d.metadata.labels?.[LABEL.revision]), d.status?.readyReplicas ?? 0]));
  const carriers = spec.revisions.filter((r) => r.weight > 0);
  if (carriers.length > 0 && carriers.every((r) => (ready.get(r.n) ?? 0) > 0)) return new Set();
  return new Set([...old].filter((n) => (ready.get(n) ?? 0) > 0));
}

function entryOf(object: KubeObject): AppliedObject {
  const revision = object.metadata.labels?.[LABEL.revision];
  return {
    apiVersion: object.apiVersion, kind: object.kind, namespace: object.metadata.namespace ?? null, name: object.metadata.name,
    revision: revision === undefined ? null : Number(revision), shared: object.metadata.labels?.[LABEL.deploymentId] === undefined,
    hash: createHash("sha256").update(canonicalJson(object)).digest("hex").slice(0, 24), owned: "",
  };
}

export const keyOf = (o: Pick<AppliedObject, "kind" | "namespace" | "name">): string => `${o.kind}/${o.namespace ?? ""}/${o.name}`;
export const keyOfObject = (kind: string, m: Metadata): string => `${kind}/${m.namespace ?? ""}/${m.name}`;

function list(fields: string[]): string {
  const shown = fields.slice(0, 6).join(", ");
  return fields.length > 6 ? `${shown} and ${fields.length - 6} more` : shown;
}

