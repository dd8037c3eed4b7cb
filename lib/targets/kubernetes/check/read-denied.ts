import type { KubeConfig } from "@kubernetes/client-node";
import { z } from "zod";
import type { Denied, Unread } from "@/lib/targets/kubernetes/check/facts";
import { kubeRequest } from "@/lib/targets/kubernetes/kube-request";
import { permissionsFor } from "@/lib/targets/kubernetes/permissions";

const AT_ONCE = 12;
const reviewSchema = z.object({ status: z.object({ allowed: z.boolean() }) });

/**
 * What Slipway may not do there, of all that it does: one SelfSubjectAccessReview a verb and resource, in the whole cluster, since
 * namespaces are made as projects come. Whoever may do everything is asked once.
 */
export async function readDenied(kc: KubeConfig, groups: ReadonlySet<string>): Promise<Denied[] | Unread> {
  const everything = await allowed(kc, "*", "*", "*");
  if (everything === null) return { unread: "The cluster does not tell what Slipway may do." };
  if (everything) return [];
  const asked = permissionsFor(groups).flatMap((p) => p.verbs.map((verb) => ({ p, verb })));
  const denied = new Map<string, Denied>();
  let unknown = 0;
  for (let at = 0; at < asked.length; at += AT_ONCE) {
    await Promise.all(asked.slice(at, at + AT_ONCE).map(async ({ p, verb }) => {
      const answer = await allowed(kc, p.group, p.resource, verb);
      if (answer === null) unknown++;
      if (answer !== false) return;
      const key = `${p.group}/${p.resource}`;
      const one = denied.get(key) ?? { group: p.group, resource: p.resource, verbs: [], why: p.why };
      denied.set(key, { ...one, verbs: [...one.verbs, verb] });
    }));
  }
  const order = (d: Denied) => ({ ...d, verbs: asked.filter(({ p, verb }) => p.group === d.group && p.resource === d.resource && d.verbs.includes(verb)).map(({ verb }) => verb) });
  return unknown > asked.length / 2 ? { unread: "The cluster does not tell what Slipway may do." } : [...denied.values()].map(order).sort((a, b) => `${a.group}/${a.resource}`.localeCompare(`${b.group}/${b.resource}`));
}

/** null: it could not be asked. */
async function allowed(kc: KubeConfig, group: string, resourceAndSub: string, verb: string): Promise<boolean | null> {
  const [resource, subresource] = resourceAndSub.split("/");
  const body = { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectAccessReview", spec: { resourceAttributes: { group, resource, ...(subresource ? { subresource } : {}), verb } } };
  const answer = await kubeRequest(kc, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", { method: "POST", body }).catch(() => null);
  const parsed = reviewSchema.safeParse(answer?.body);
  return parsed.success ? parsed.data.status.allowed : null;
}
