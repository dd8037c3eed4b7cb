import { runtimeNamed } from "@/lib/serving/runtimes";
import type { PodShape, ServeInput, ServingRuntime } from "@/lib/serving/serving-runtime";
import { deploymentLabels, LABEL, labelValue, projectLabels, revisionSelector, type Labels } from "@/lib/targets/kubernetes/labels";
import { deploymentName, namespaceName, revisionName, slugOf } from "@/lib/targets/kubernetes/names";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import type { ClusterRevision, DeploymentSpec, RevisionSpec } from "@/lib/targets/target";

/** A revision with what its objects are made of, worked out once. */
export type RevisionContext = {
  revision: RevisionSpec;
  cluster: ClusterRevision;
  runtime: ServingRuntime;
  shape: PodShape;
  name: string;
  labels: Labels;
  selector: Labels;
  /** Bytes of the files the init container fetches; 0: the model is in the image. */
  fetchBytes: number;
};

export type DeploymentContext = {
  spec: DeploymentSpec;
  cluster: NonNullable<DeploymentSpec["cluster"]>;
  settings: ClusterSettings;
  namespace: string;
  name: string;
  projectLabels: Labels;
  labels: Labels;
  revisions: RevisionContext[];
};

/** What was checked and priced is what runs: a tag may be something else tomorrow. */
const IMAGE = /^[a-z0-9][a-z0-9._-]*(:\d{1,5})?(\/[a-z0-9][a-z0-9._-]*)*(:[\w][\w.-]{0,127})?@sha256:[0-9a-f]{64}$/;

/** Throws an Error when the spec was not made for a cluster. */
export function contextOf(spec: DeploymentSpec, settings: ClusterSettings): DeploymentContext {
  if (!spec.cluster) throw new Error("The spec says nothing of what a cluster needs.");
  const name = deploymentName(spec.ref);
  const labels = { ...deploymentLabels(spec.ref, settings), [LABEL.appInstance]: name, [LABEL.environment]: labelValue(spec.cluster.environment) };
  return {
    spec, cluster: spec.cluster, settings, namespace: namespaceName(spec.ref, settings), name, projectLabels: projectLabels(spec.ref, settings), labels,
    revisions: [...spec.revisions].sort((a, b) => a.n - b.n).map((revision) => revisionContext(spec, revision, settings, labels)),
  };
}

function revisionContext(spec: DeploymentSpec, revision: RevisionSpec, settings: ClusterSettings, labels: Labels): RevisionContext {
  if (!revision.cluster) throw new Error(`Revision ${revision.n} says nothing of what a cluster needs.`);
  const runtime = runtimeNamed(revision.runtime);
  if (runtime.needsImage && revision.cluster.image === null) throw new Error(`Revision ${revision.n} is served from an image, and names none.`);
  if (revision.cluster.image !== null && !IMAGE.test(revision.cluster.image)) throw new Error(`Revision ${revision.n} names no image by its digest.`);
  const input: ServeInput = {
    model: slugOf(revision.model), revision: revision.n, paths: revision.files.map((f) => f.path), format: revision.format, signature: revision.cluster.signature,
    cpuMillicores: revision.resources.cpuMillicores, memoryMib: revision.resources.memoryMib, accelerators: revision.resources.accelerator?.count ?? 0,
    queueLimit: revision.queueLimit, project: slugOf(spec.ref.project), deployment: slugOf(spec.ref.deployment),
    modelServerImage: settings.modelServerImage, ownImage: revision.cluster.image,
  };
  return {
    revision, cluster: revision.cluster, runtime, shape: runtime.pod(input), name: revisionName(spec.ref, revision.n),
    labels: { ...labels, [LABEL.revision]: String(revision.n) }, selector: revisionSelector(spec.ref, revision.n),
    fetchBytes: runtime.needsImage ? 0 : revision.files.reduce((sum, f) => sum + f.sizeBytes, 0),
  };
}

/** Whether the revision's files are fetched by an init container. */
export const fetchesFiles = (r: RevisionContext) => !r.runtime.needsImage;
