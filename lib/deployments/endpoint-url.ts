import { env } from "@/lib/env";
import { edgePath } from "@/lib/targets/kubernetes/manifests/edge-auth";
import { ingressSchema } from "@/lib/targets/kubernetes/settings";

type Called = { project: string; deployment: string; public: boolean; targetKind: string; /** As stored with its target; of a person's settings before what was detected. */ ingress: unknown };

/** Base of the address callers use: the gateway for this machine, the edge's host name on a cluster. null: no way in from outside the cluster is set. */
export function endpointUrl({ project, deployment, public: open, targetKind, ingress }: Called): string | null {
  if (targetKind === "local") return `${env().gatewayUrl}/serve/${project}/${deployment}`;
  const { data: edge } = ingressSchema.safeParse(ingress);
  if (!edge || edge.kind === "none") return null;
  const path = edgePath({ project, deployment });
  if (edge.kind === "gateway" || edge.certificateArn !== undefined) return `https://${edge.hostname}${path}`;
  // Without a certificate the load balancer checks no token, so only what is public has a route.
  return open ? `http://${edge.hostname}${path}` : null;
}

/** Of a target's row. */
export const ingressOf = (target: { settings: unknown; detected: unknown }): unknown => (target.settings as { ingress?: unknown } | null)?.ingress ?? (target.detected as { ingress?: unknown } | null)?.ingress;
