import { createHash } from "node:crypto";
import { THEME_SOURCE } from "@/lib/public-site/theme-source";

/** An inline script's text as a source of a policy. */
export const scriptHash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const THEME_HASH = scriptHash(THEME_SOURCE);

/** For pages made on request: a nonce, which Next puts on each of its scripts, and the hash of the one script that is the same on every page. */
export const nonceSources = (nonce: string) => `'self' 'nonce-${nonce}' ${THEME_HASH} 'strict-dynamic'`;

/** For prerendered pages (docs/adr/0009): files of our own, and exactly these inline scripts. */
export const hashSources = (inline: string[]) => ["'self'", ...new Set(inline.map(scriptHash))].join(" ");

/** The policy of a page. Recharts and Radix set style attributes, so styles stay 'unsafe-inline'; scripts never do. */
export function contentSecurityPolicy(scriptSources: string): string {
  return [
    "default-src 'self'",
    `script-src ${scriptSources}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The policy of what is no page: API answers, refusals, files. Shown as a document by whatever mistake, it may load nothing, run nothing and be framed nowhere. */
const NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** Headers of every answer; pages put a policy of their own in the place of this one. */
export function securityHeaders(baseUrl: string): Record<string, string> {
  return {
    "content-security-policy": NO_PAGE,
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "x-frame-options": "DENY",
    ...(baseUrl.startsWith("https://") ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
  };
}
