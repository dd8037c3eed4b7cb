import { AppError } from "@/lib/errors";
import { canonicalJson } from "@/lib/targets/spec-hash";
import { diffSpec } from "@/lib/targets/diff-spec";
import { appErrorOf, isStatus } from "@/lib/targets/kubernetes/api-error";
import { reducedSpec, type Anchor } from "@/lib/targets/kubernetes/applied-state";
import { APPLIED_ANNOTATION, applyOne, keyOfObject, type ApplyContext } from "@/lib/targets/kubernetes/apply";
import type { KubeClient } from "@/lib/targets/kubernetes/client";
import { kindOf } from "@/lib/targets/kubernetes/kinds";
import type { KubeObject } from "@/lib/targets/kubernetes/objects";
import type { Change, DeploymentSpec, Diff, ObjectDiff } from "@/lib/targets/target";

/** What applying would change: in the spec, and in each object as the API server itself says in a dry run. Nothing is written. */
export async function planDeployment(context: ApplyContext, anchor: Anchor | null, spec: DeploymentSpec): Promise<Diff> {
  const after = reducedSpec(spec, context.digestOf);
  const changes = diffSpec(anchor?.state.spec ?? null, after).changes;
  const rendered = context.render(spec);
  const known = new Map((anchor?.state.objects ?? []).map((o) => [`${o.kind}/${o.namespace ?? ""}/${o.name}`, o]));
  const planned = await Promise.all(rendered.map((object) => planOne(context, object)));
  for (const object of rendered) known.delete(keyOfObject(object.kind, object.metadata));
  const gone = [...known.values()].filter((o) => !o.shared).map((o): ObjectDiff => ({ kind: o.kind, namespace: o.namespace, name: o.name, action: "delete", changes: [] }));
  const objects = [...planned.filter((o) => o !== null), ...gone];
  return { changes, ...(objects.length > 0 ? { objects } : {}) };
}

async function planOne({ client }: ApplyContext, object: KubeObject): Promise<ObjectDiff | null> {
  const { namespace = null, name } = object.metadata;
  const base = { kind: object.kind, namespace, name };
  const live = await client.find<KubeObject>(kindOf(object.apiVersion, object.kind), namespace, name);
  if (!live) return { ...base, action: "create", changes: leaves(null, object) };
  try {
    const would = await applyOne(client, object, true);
    const changes = leaves(live, would);
    return changes.length === 0 ? null : { ...base, action: "change", changes };
  } catch (error) {
    // Its namespace does not exist yet, so the server cannot tell more.
    if (isStatus(error, 404)) return { ...base, action: "create", changes: leaves(null, object) };
    if (error instanceof AppError) return { ...base, action: "refused", changes: [], message: error.message };
    throw appErrorOf(error, "the cluster");
  }
}

/** An object without a namespace, by a dry run even where it does not exist yet. */
export async function planClusterWide(client: KubeClient, object: KubeObject): Promise<ObjectDiff> {
  const base = { kind: object.kind, namespace: null, name: object.metadata.name };
  const live = await client.find<KubeObject>(kindOf(object.apiVersion, object.kind), null, object.metadata.name);
  try {
    const would = await applyOne(client, object, true);
    return { ...base, action: live ? "change" : "create", changes: leaves(live, would) };
  } catch (error) {
    if (error instanceof AppError) return { ...base, action: "refused", changes: [], message: error.message };
    throw error;
  }
}

const SERVER_OWNED = new Set(["managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "selfLink", "ownerReferences"]);

function leaves(from: KubeObject | null, to: KubeObject): Change[] {
  const changes: Change[] = [];
  walk(from ? stripped(from) : undefined, stripped(to), "", to.kind === "Secret", changes);
  return changes;
}

function stripped(o: KubeObject): unknown {
  const { status: _status, metadata, ...rest } = o;
  const annotations = Object.fromEntries(Object.entries(metadata.annotations ?? {}).filter(([key]) => key !== APPLIED_ANNOTATION));
  return { ...rest, metadata: { ...Object.fromEntries(Object.entries(metadata).filter(([key]) => !SERVER_OWNED.has(key))), annotations } };
}

const isObject = (v: unknown): v is Record<string, unknown> => typeof v === "object" && v !== null && !Array.isArray(v);

function walk(from: unknown, to: unknown, path: string, secret: boolean, changes: Change[]): void {
  if (isObject(from) || isObject(to)) {
    const [a, b] = [isObject(from) ? from : {}, isObject(to) ? to : {}];
    for (const key of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) walk(a[key], b[key], path === "" ? key : `${path}.${key}`, secret, changes);
    return;
  }
  if (canonicalJson(from ?? null) === canonicalJson(to ?? null)) return;
  const hide = secret && /^(data|stringData)\./.test(path);
  const show = (v: unknown, word: string) => (v === undefined ? null : hide ? word : v);
  changes.push({ path, from: show(from, "[secret]"), to: show(to, from === undefined ? "[secret]" : "[secret, changed]") });
}
