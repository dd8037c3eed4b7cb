import { APPLIED_ANNOTATION, keyOfObject } from "@/lib/targets/kubernetes/apply";
import type { ClusterState } from "@/lib/targets/kubernetes/read-cluster";
import { lostFields } from "@/lib/targets/kubernetes/owned-fields";

/** One thing that is not as Slipway applied it. `field` null: the whole object. `manager` null: whoever did it left no name. */
export type Drift = { object: string; field: string | null; manager: string | null };

/**
 * What differs from what was applied, by who owns which field: cheap enough for every look, and it names the field and who took it.
 * `full`: the state has every kind; otherwise what was not read counts as well.
 */
export function driftOf(state: ClusterState, full: boolean): Drift[] {
  const applied = state.anchor?.state.objects.filter((o) => o.hash !== "") ?? [];
  return applied.flatMap((o): Drift[] => {
    const object = `${o.kind} ${o.name}`;
    const metadata = state.metadata.get(keyOfObject(o.kind, { name: o.name, namespace: o.namespace ?? undefined }));
    if (!metadata) return (full && o.kind !== "Namespace") || CORE.has(o.kind) ? [{ object, field: null, manager: null }] : [];
    if (metadata.deletionTimestamp) return [{ object, field: null, manager: null }];
    if (metadata.annotations?.[APPLIED_ANNOTATION] !== o.hash && o.kind !== "Namespace") return [{ object, field: `.metadata.annotations[${JSON.stringify(APPLIED_ANNOTATION)}]`, manager: null }];
    const lost = lostFields(metadata, o.owned);
    if (!lost) return [];
    return [...lost.taken.map((t) => ({ object, field: t.field, manager: t.manager })), ...(lost.removed > 0 ? [{ object, field: `${lost.removed} ${lost.removed === 1 ? "field" : "fields"}`, manager: null }] : [])];
  });
}

const CORE = new Set(["Deployment", "HorizontalPodAutoscaler", "HTTPRoute", "Ingress"]);
const SHOWN = 5;

export function driftWords(drift: Drift[]): string {
  const parts = drift.slice(0, SHOWN).map((d) => (d.field === null ? `${d.object} is gone` : `${d.object}: ${d.field}${d.manager ? `, changed by ${d.manager}` : " removed"}`));
  return `Changed on the cluster, not by Slipway: ${parts.join("; ")}${drift.length > SHOWN ? ` and ${drift.length - SHOWN} more` : ""}. It is put back.`;
}
