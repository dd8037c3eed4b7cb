import { env } from "@/lib/env";

let hosts: Set<string> | undefined;

/** Host header values Slipway answers to: loopback names, the base URL's host, and SLIPWAY_ALLOWED_HOSTS. Keeps DNS rebinding out. */
export function allowedHosts(): Set<string> {
  if (hosts) return hosts;
  const e = env();
  const named = e.SLIPWAY_ALLOWED_HOSTS.split(",").map((h) => h.trim().toLowerCase()).filter(Boolean);
  const ports = [e.PORT, e.GATEWAY_PORT];
  const loopback = ["127.0.0.1", "localhost", "[::1]"].flatMap((h) => ports.map((p) => `${h}:${p}`));
  return (hosts = new Set([new URL(e.baseUrl).host, new URL(e.gatewayUrl).host, ...loopback, ...named]));
}

/** Origins whose pages may change things with a cookie. */
export function allowedOrigins(): Set<string> {
  const e = env();
  const base = new URL(e.baseUrl);
  const loopback = e.SLIPWAY_BASE_URL ? [] : ["127.0.0.1", "localhost", "[::1]"].map((h) => `http://${h}:${e.PORT}`);
  const named = e.SLIPWAY_ALLOWED_HOSTS.split(",").map((h) => h.trim().toLowerCase()).filter(Boolean).map((h) => `${base.protocol}//${h}`);
  return new Set([base.origin, ...loopback, ...named]);
}
