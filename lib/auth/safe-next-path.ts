/**
 * Pure: where to go after signing in. Only a plain path of ours, re-read as a browser would; anything else, `//evil`, `/\evil`,
 * `javascript:` and control characters included, becomes the portal's home.
 */
export function safeNextPath(next: unknown, fallback = "/app"): string {
  if (typeof next !== "string" || next.length > 500 || !/^\/[\x21-\x7e]*$/.test(next) || /^\/[\\/]|\\|%2f%2f|%5c|%0|%1/i.test(next)) return fallback;
  const base = "http://slipway.invalid";
  const url = URL.parse(next, base);
  if (!url || url.origin !== base || !/^\/[A-Za-z0-9]/.test(url.pathname)) return fallback;
  // Never a page that would send one straight back.
  if (/^\/(sign-in|set-up|invite|reset)(\/|$)/.test(url.pathname)) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}
