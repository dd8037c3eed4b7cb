import { allowedOrigins } from "@/lib/net/allowed-hosts";
import { AppError } from "@/lib/errors";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Refuses a cookie-carried change that does not come from our own pages. `Origin: null` is foreign; a missing one needs Sec-Fetch-Site. */
export function assertSameOrigin(request: Request): void {
  if (SAFE.has(request.method)) return;
  const origin = request.headers.get("origin");
  const ok = origin === null ? request.headers.get("sec-fetch-site") === "same-origin" : allowedOrigins().has(origin);
  if (!ok) throw new AppError("origin_refused", "This request was sent from another site, so it was refused.");
}
