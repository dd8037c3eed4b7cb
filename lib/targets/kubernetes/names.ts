import { createHash } from "node:crypto";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import type { DeploymentRef } from "@/lib/targets/target";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const HASH_CHARS = 10;

/** 50 bits of the SHA-256 of what identifies a thing, in letters that a name may hold. */
export function nameHash(identity: string, chars = HASH_CHARS): string {
  return [...createHash("sha256").update(identity).digest().subarray(0, chars)].map((byte) => ALPHABET[byte % 32]).join("");
}

/** Any text as a part of a name: a-z, 0-9 and hyphens, at most `max`, never empty. For people to read; the hash beside it identifies. */
export function namePart(text: string, max: number): string {
  const kept = text.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, max).replace(/^-+|-+$/g, "");
  return kept === "" ? "x" : kept;
}

/** A slug as it is; anything else made into one. API and wizard let only slugs in: this keeps the rest out of paths, arguments and labels whatever happens there. */
export const slugOf = (text: string): string => (text.length <= 63 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text) ? text : namePart(text, 40));

/** One namespace a project and installation. At most 63 characters: 20 + 8 + 22 + 10 and three hyphens. */
export function namespaceName(ref: Pick<DeploymentRef, "project" | "projectId">, settings: Pick<ClusterSettings, "namespacePrefix" | "instance">): string {
  return `${namePart(settings.namespacePrefix, 20)}-${namePart(settings.instance, 8)}-${namePart(ref.project, 22)}-${nameHash(`project:${ref.projectId}`)}`;
}

/** Of everything a deployment has once: the route, the token, the rules of the network. Begins with a letter, as a Service must. At most 43 characters. */
export function deploymentName(ref: Pick<DeploymentRef, "id" | "deployment">): string {
  const readable = namePart(ref.deployment, 30);
  return `${/^[a-z]/.test(readable) ? readable : `m-${readable}`}-${nameHash(`deployment:${ref.id}`)}`;
}

/** Of a revision's Deployment, Service, autoscaler and budget. At most 56 characters. */
export function revisionName(ref: Pick<DeploymentRef, "id" | "deployment">, n: number): string {
  return `${deploymentName(ref)}-r${n}`;
}
