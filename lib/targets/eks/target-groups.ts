import { z } from "zod";
import type { KubeClient } from "@/lib/targets/kubernetes/client";
import { KINDS } from "@/lib/targets/kubernetes/kinds";

/** A target group of an AWS load balancer that a Service's pods are registered in. */
export type TargetGroup = { namespace: string; service: string; region: string; accountId: string; /** As CloudWatch's dimension TargetGroup has it. */ dimension: string };

const ARN = /^arn:aws[a-z-]*:elasticloadbalancing:([a-z]{2}(?:-[a-z]{2,12}){1,3}-\d{1,2}):(\d{12}):(targetgroup\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{16,32})$/;
const bindingSchema = z.object({ metadata: z.object({ namespace: z.string() }), spec: z.object({ serviceRef: z.object({ name: z.string() }), targetGroupARN: z.string().regex(ARN) }) });

/** Pure: what TargetGroupBindings say. One without an ARN (its controller has not resolved the name yet) says nothing. */
export function targetGroupsOf(bindings: readonly unknown[]): TargetGroup[] {
  return bindings.flatMap((raw) => {
    const parsed = bindingSchema.safeParse(raw);
    if (!parsed.success) return [];
    const { metadata: { namespace }, spec } = parsed.data;
    const [, region, accountId, dimension] = ARN.exec(spec.targetGroupARN)!;
    return [{ namespace, service: spec.serviceRef.name, region: region!, accountId: accountId!, dimension: dimension! }];
  });
}

/**
 * The target groups of a namespace's Services, or (null) of all namespaces: the AWS load balancer controller keeps a TargetGroupBinding beside each Service
 * it routes to, whether by an Ingress, a Gateway or by hand; EKS Auto Mode has the same kind under its own group. Throws KubeApiError.
 */
export async function readTargetGroups(client: KubeClient, namespace: string | null, autoMode: boolean): Promise<TargetGroup[]> {
  const kinds = autoMode ? [KINDS.AutoModeTargetGroupBinding, KINDS.TargetGroupBinding] : [KINDS.TargetGroupBinding];
  return targetGroupsOf((await Promise.all(kinds.map((kind) => client.list<unknown>(kind, { namespace })))).flat());
}
