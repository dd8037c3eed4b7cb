import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { previewSettings } from "@/lib/manifests/preview-settings";
import type { Desired } from "@/lib/reconciler/desired";
import { loadDesired } from "@/lib/reconciler/load-desired";
import { resolveSecrets } from "@/lib/secrets/resolve-secrets";
import { contextOf } from "@/lib/targets/kubernetes/manifests/context";
import { mayBeRouted } from "@/lib/targets/kubernetes/manifests/edge-auth";
import { renderDeployment } from "@/lib/targets/kubernetes/manifests/render";
import { scalerOf } from "@/lib/targets/kubernetes/manifests/scaler";
import { toYaml, withoutSecrets } from "@/lib/targets/kubernetes/manifests/to-yaml";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import { settingsOf } from "@/lib/targets/kubernetes/settings-of";
import type { DeploymentSpec } from "@/lib/targets/target";

export type DeploymentManifests = {
  target: string;
  preview: boolean;
  objects: { apiVersion: string; kind: string; namespace: string | null; name: string }[];
  yaml: string;
  notes: string[];
};

/** The objects of a deployment as a cluster gets them, without the values of secrets. Throws not_found; unprocessable for what cannot be rendered. */
export async function deploymentManifests(projectId: string, slug: string): Promise<DeploymentManifests> {
  const row = await db().deployment.findUnique({ where: { projectId_slug: { projectId, slug } }, select: { id: true, target: true } });
  const loaded = row && (await loadDesired(row.id, resolveSecrets, { asOnCluster: true }));
  if (!row || !loaded) throw notFound("deployment");
  const preview = row.target.kind === "local";
  const settings = preview ? previewSettings() : settingsOf(row.target);
  const spec = specToShow(loaded.desired);
  const objects = rendered(spec, settings);
  return {
    target: row.target.slug, preview, yaml: toYaml(withoutSecrets(objects)), notes: notesOf(spec, settings),
    objects: objects.map((o) => ({ apiVersion: o.apiVersion, kind: o.kind, namespace: o.metadata.namespace ?? null, name: o.metadata.name })),
  };
}

/** What the deployment comes to once every change is through; while a canary is out, both of its revisions. */
function specToShow(d: Desired): DeploymentSpec {
  const canary = d.canaryWeight !== null && d.stableRevision !== null && d.stableRevision !== d.desiredRevision ? { n: d.stableRevision, weight: 100 - d.canaryWeight } : null;
  const weights = [...(canary ? [canary] : []), { n: d.desiredRevision, weight: canary ? d.canaryWeight ?? 0 : 100 }];
  return {
    ref: d.ref, generation: d.generation, public: d.public, scaling: d.desiredState === "running" ? d.scaling : { ...d.scaling, min: 0, max: 0 },
    revisions: weights.flatMap(({ n, weight }) => { const revision = d.revisions.get(n); return revision ? [{ ...revision, weight }] : []; }),
    ...(d.cluster ? { cluster: d.cluster } : {}),
  };
}

function rendered(spec: DeploymentSpec, settings: ClusterSettings) {
  try {
    return renderDeployment(spec, settings);
  } catch (error) {
    throw new AppError("unprocessable", `The objects cannot be made: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function notesOf(spec: DeploymentSpec, settings: ClusterSettings): string[] {
  const c = contextOf(spec, settings);
  const fixed = c.revisions.map((r) => scalerOf(c, r)).flatMap((s) => (s.kind === "fixed" ? [s.why] : []));
  const route = settings.ingress.kind === "none" ? ["No route: this cluster has no Gateway or load balancer set."]
    : mayBeRouted(spec, settings) ? [] : ["No route: the deployment is not public, and the edge of this cluster checks no tokens."];
  return [...new Set([...fixed, ...route])];
}
