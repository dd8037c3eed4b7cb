import { slugOf } from "@/lib/targets/kubernetes/names";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import type { DeploymentRef, DeploymentSpec } from "@/lib/targets/target";

/** Audience of a token for one deployment: a token for another one is refused at the edge. */
export const audienceOf = (jwt: NonNullable<ClusterSettings["jwt"]>, ref: Pick<DeploymentRef, "id">): string => `${jwt.audience}/${ref.id}`;

/** Whether a deployment may be routed to at all: one that is not public needs an edge that checks tokens. */
export const mayBeRouted = (spec: Pick<DeploymentSpec, "public">, settings: Pick<ClusterSettings, "jwt">): boolean => spec.public || settings.jwt !== null;

/** Path of a deployment at the edge, and of one revision of it. Slugs only. */
export const edgePath = (ref: Pick<DeploymentRef, "project" | "deployment">, revision?: number): string => `/serve/${slugOf(ref.project)}/${slugOf(ref.deployment)}${revision === undefined ? "" : `@${revision}`}`;
