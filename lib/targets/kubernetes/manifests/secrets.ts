import { createHash } from "node:crypto";
import { nameHash } from "@/lib/targets/kubernetes/names";
import { canonicalJson } from "@/lib/targets/spec-hash";
import { fetchesFiles, type DeploymentContext, type RevisionContext } from "./context";
import type { Manifest } from "./manifest";

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export const TOKEN_KEY = "artifact-token";
export const tokenSecretName = (c: DeploymentContext) => `${c.name}-token`;

/**
 * Named by its content, so that a changed value makes new pods. The hash is salted with the artifact token, so that a name in the open
 * gives nobody a way to guess a short secret.
 */
export function envSecretName(c: DeploymentContext, r: RevisionContext): string {
  const salted = createHash("sha256").update(`${c.cluster.artifactToken}\n${canonicalJson(r.revision.secrets)}`).digest("hex");
  return `${r.name}-${nameHash(salted, 6)}`;
}
export const pullSecretName = (r: RevisionContext) => `${r.name}-pull`;

/** Every secret of a deployment: the artifact token once, variables and the registry's login by revision. */
export function renderSecrets(c: DeploymentContext): Manifest[] {
  const token = c.revisions.some(fetchesFiles)
    ? [secret(tokenSecretName(c), c.labels, c.namespace, "Opaque", { [TOKEN_KEY]: c.cluster.artifactToken })] : [];
  return [...token, ...c.revisions.flatMap((r) => revisionSecrets(c, r))];
}

function revisionSecrets(c: DeploymentContext, r: RevisionContext): Manifest[] {
  const names = Object.keys(r.revision.secrets);
  const bad = names.find((n) => !NAME.test(n));
  if (bad !== undefined) throw new Error(`${JSON.stringify(bad)} is not the name of a variable.`);
  return [
    ...(names.length === 0 ? [] : [secret(envSecretName(c, r), r.labels, c.namespace, "Opaque", r.revision.secrets)]),
    ...(r.cluster.pullSecret === null ? [] : [secret(pullSecretName(r), r.labels, c.namespace, "kubernetes.io/dockerconfigjson", { ".dockerconfigjson": r.cluster.pullSecret })]),
  ];
}

function secret(name: string, labels: Manifest["metadata"]["labels"], namespace: string, type: string, values: Record<string, string>): Manifest {
  const data = Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, base64(value)]));
  return { apiVersion: "v1", kind: "Secret", metadata: { name, namespace, labels }, type, data };
}
