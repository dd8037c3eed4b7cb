import type { IncomingMessage } from "node:http";

/** Request headers that only Next itself may set: from outside they have opened doors before, so they never come in. */
const INTERNAL = /^(x-middleware-|x-nextjs-|x-invoke-|x-now-|x-vercel-|x-matched-path$|x-slipway-socket-address$|x-nonce$|content-security-policy|next-action$|next-resume$)/;

export type Refusal = { status: 400 | 421; detail: string };

/**
 * Looks at a request before anything else does: the Host must be one of ours (DNS rebinding, forged links), the target must be
 * a path (no absolute URI that a proxy would follow), and headers that Next trusts from itself are taken out.
 */
export function admitRequest(request: IncomingMessage, hosts: ReadonlySet<string>): Refusal | null {
  if (!request.url?.startsWith("/") || request.url.startsWith("//")) return { status: 400, detail: "The request target must be a path." };
  const host = request.headers.host?.toLowerCase();
  if (!host || !hosts.has(host)) {
    return { status: 421, detail: "This host name is not served here. Set SLIPWAY_BASE_URL or SLIPWAY_ALLOWED_HOSTS to the name you use." };
  }
  for (const name of Object.keys(request.headers)) if (INTERNAL.test(name)) delete request.headers[name];
  return null;
}
