import { actorOfToken } from "@/lib/auth/authenticate";
import { isInternalPredictToken } from "@/lib/auth/internal-token";
import { allows, seesProject } from "@/lib/auth/permissions";
import { listen } from "@/lib/db/listen";
import { pool } from "@/lib/db/pool";
import { writeSamples } from "@/lib/observability/write-samples";
import { findProject } from "@/lib/projects/find-project";
import type { Authorize, OnRevoked } from "@/services/gateway/authorize";
import type { PostSamples } from "@/services/gateway/sampler";

/** Whether a token may predict here. Without a valid one everything is 401; with one, what it may not see is 404. */
export const authorizeByToken: Authorize = async (bearer, projectSlug, ref) => {
  if (bearer !== null && isInternalPredictToken(bearer)) return ref ? { ok: true } : { ok: false, status: 404 };
  const actor = bearer === null ? null : await actorOfToken(bearer);
  if (!actor) return { ok: false, status: 401 };
  const project = ref && (await findProject(projectSlug));
  if (!project || !seesProject(actor, project.id)) return { ok: false, status: 404 };
  return allows(actor, "deployment.predict", project.id) ? { ok: true } : { ok: false, status: 403 };
};

/** Any revocation empties the cache of answers: they are rare, and asking again is cheap. So does a connection that was lost. */
export const onRevoked: OnRevoked = (listener) => {
  const listening = listen(["slipway_revoked"], { onNotify: () => listener(null), onConnect: () => listener(null) });
  return () => void listening.stop();
};

export const postSamples: PostSamples = (batch) => writeSamples(pool(), batch);
