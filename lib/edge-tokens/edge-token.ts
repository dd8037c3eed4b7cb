import { AppError } from "@/lib/errors";
import { signJwt } from "@/lib/edge-tokens/jwt";
import { signingKey } from "@/lib/edge-tokens/signing-keys";
import { audienceOf } from "@/lib/targets/kubernetes/manifests/edge-auth";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";

/** How long a token opens a deployment's endpoint: it cannot be taken back before. */
export const EDGE_TOKEN_SECONDS = 300;

/** A token that the edge of a cluster lets in to one deployment. `subject` is for its access log: who, by id. Throws unprocessable where no edge checks tokens. */
export async function edgeToken(settings: Pick<ClusterSettings, "jwt">, deploymentId: string, subject: string, now: Date): Promise<{ token: string; expiresAt: string }> {
  if (settings.jwt === null) throw new AppError("unprocessable", "The edge of this target checks no tokens: nothing but public deployments can be reached there.");
  const iat = Math.floor(now.getTime() / 1000);
  const claims = { iss: settings.jwt.issuer, aud: audienceOf(settings.jwt, { id: deploymentId }), sub: subject, iat, exp: iat + EDGE_TOKEN_SECONDS };
  return { token: signJwt(claims, await signingKey()), expiresAt: new Date(claims.exp * 1000).toISOString() };
}
