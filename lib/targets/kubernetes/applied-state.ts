import { createHash } from "node:crypto";
import { canonicalJson } from "@/lib/targets/spec-hash";
import type { KubeClient } from "@/lib/targets/kubernetes/client";
import { KINDS } from "@/lib/targets/kubernetes/kinds";
import { deploymentLabels, LABEL, refOfLabels } from "@/lib/targets/kubernetes/labels";
import type { KubeObject, Metadata } from "@/lib/targets/kubernetes/objects";
import type { DeploymentRef, DeploymentSpec } from "@/lib/targets/target";

/** One object that was applied, or is about to be. */
export type AppliedObject = {
  apiVersion: string; kind: string; namespace: string | null; name: string;
  /** Of the revision it belongs to; null: of the deployment as a whole. */
  revision: number | null;
  /** Of the project's namespace, not of this deployment: never removed with it. */
  shared: boolean;
  /** Hash of what was rendered; "": not known to be applied yet. */
  hash: string;
  /** What Slipway owned of it then (owned-fields.ts). */
  owned: string;
};

/**
 * What Slipway knows of a deployment on the cluster, kept there, in a ConfigMap: made before the first object and written last, so that
 * whatever exists is listed in it. Every object of the deployment is owned by it: when it goes, they go.
 */
export type AppliedState = {
  /** specHash of the spec that was applied whole; "": in the middle of it. */
  hash: string;
  spec: ReducedSpec;
  objects: AppliedObject[];
};

/** A spec without values of secrets and without lists of files, which may be long: a digest stands for each. */
export type ReducedSpec = Omit<DeploymentSpec, "revisions"> & { revisions: (Omit<DeploymentSpec["revisions"][number], "files"> & { files: { count: number; digest: string } })[] };

export type Anchor = { namespace: string; name: string; uid: string; metadata: Metadata; state: AppliedState };

export const anchorName = (deploymentId: string): string => `slipway-${deploymentId}`;

export function reducedSpec(spec: DeploymentSpec, digestOf: (value: string) => string): ReducedSpec {
  return {
    ...spec, ...(spec.cluster ? { cluster: { ...spec.cluster, artifactToken: digestOf(spec.cluster.artifactToken) } } : {}),
    revisions: spec.revisions.map((r) => ({
      ...r, secrets: Object.fromEntries(Object.entries(r.secrets).map(([name, value]) => [name, digestOf(value)])),
      ...(r.cluster ? { cluster: { ...r.cluster, pullSecret: r.cluster.pullSecret && digestOf(r.cluster.pullSecret) } } : {}),
      files: { count: r.files.length, digest: createHash("sha256").update(canonicalJson(r.files)).digest("hex") },
    })),
  };
}

/** Reads one back; null for a ConfigMap that is no such thing. What cannot be read counts as nothing applied. */
export function anchorOf(object: { metadata: Metadata; data?: Record<string, string> }): Anchor | null {
  const { metadata, data } = object;
  const id = metadata.labels?.[LABEL.deploymentId];
  if (!id || metadata.name !== anchorName(id) || !metadata.namespace) return null;
  return { namespace: metadata.namespace, name: metadata.name, uid: metadata.uid ?? "", metadata, state: parse(data?.state, metadata) };
}

export async function findAnchor(client: KubeClient, namespace: string, deploymentId: string): Promise<Anchor | null> {
  const object = await client.find<{ metadata: Metadata; data?: Record<string, string> }>(KINDS.ConfigMap, namespace, anchorName(deploymentId));
  return object && anchorOf(object);
}

/** `version`: written only over this one. Throws a conflict when another worker was faster. */
export async function writeAnchor(client: KubeClient, namespace: string, ref: DeploymentRef, instance: string, state: AppliedState, version: string | null): Promise<Anchor> {
  const object: KubeObject = {
    apiVersion: "v1", kind: "ConfigMap",
    metadata: { name: anchorName(ref.id), namespace, labels: { ...deploymentLabels(ref, { instance }), [LABEL.name]: "slipway-state" }, ...(version ? { resourceVersion: version } : {}), annotations: { "slipway.dev/about": "What Slipway applied for this deployment. Deleting it takes the deployment's objects away." } },
    data: { state: JSON.stringify(state) },
  };
  const written = anchorOf(await client.apply<{ metadata: Metadata; data: Record<string, string> }>(object, { force: true }));
  if (!written) throw new Error("the API server answered something else than what was applied");
  return written;
}

function parse(text: string | undefined, metadata: Metadata): AppliedState {
  try {
    const state = JSON.parse(text ?? "") as AppliedState;
    if (typeof state.hash === "string" && Array.isArray(state.objects) && Array.isArray(state.spec.revisions)) return state;
  } catch {
    // falls through: somebody wrote into it, and the next pass writes it anew
  }
  const ref = refOfLabels(metadata.labels) ?? { id: metadata.labels?.[LABEL.deploymentId] ?? "", project: "", projectId: "", deployment: "" };
  return { hash: "", spec: { ref, generation: 0, public: false, scaling: { min: 0, max: 0, targetConcurrency: 1 }, revisions: [] }, objects: [] };
}
