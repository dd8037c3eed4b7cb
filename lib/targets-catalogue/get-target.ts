import type { Actor } from "@/lib/auth/actor";
import { findTarget } from "@/lib/targets-catalogue/find-target";
import { presentTargetDetail, targetEtag } from "@/lib/targets-catalogue/present-target";

/** One target; how it is reached and its settings only for whoever may connect clusters. */
export async function getTarget(actor: Actor, slug: string) {
  const row = await findTarget(slug);
  return { target: presentTargetDetail(actor, row), etag: targetEtag(row) };
}
