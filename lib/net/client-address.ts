import ipaddr from "ipaddr.js";
import { env } from "@/lib/env";

/** Header the custom server sets to the socket's own address; what a client sends under this name is overwritten there. */
export const SOCKET_ADDRESS_HEADER = "x-slipway-socket-address";

/**
 * The caller's address: the socket's, unless that is one of SLIPWAY_TRUSTED_PROXIES; then the last address of X-Forwarded-For
 * that is not a trusted proxy. A header from anyone else is not believed.
 */
export function clientAddress(headers: Headers): string {
  return addressBehind(headers.get(SOCKET_ADDRESS_HEADER) ?? "unknown", headers.get("x-forwarded-for") ?? "", trustedProxies());
}

/** The same, of a socket's address and the X-Forwarded-For that came over it. */
export function addressBehind(socket: string, forwardedFor: string, proxies: readonly Range[]): string {
  if (!isTrusted(socket, proxies)) return socket;
  const chain = forwardedFor.split(",").map((a) => a.trim()).filter((a) => ipaddr.isValid(a));
  return chain.reverse().find((a) => !isTrusted(a, proxies)) ?? socket;
}

export type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

let cached: Range[] | undefined;
/** SLIPWAY_TRUSTED_PROXIES, parsed at first use. */
export const trustedProxies = (): readonly Range[] => (cached ??= parseProxies(env().SLIPWAY_TRUSTED_PROXIES));

export function parseProxies(list: string): Range[] {
  return list.split(",").map((r) => r.trim()).filter(Boolean).map((r) => ipaddr.parseCIDR(r.includes("/") ? r : `${r}/${r.includes(":") ? 128 : 32}`));
}

export function isTrusted(address: string, ranges: readonly Range[]): boolean {
  if (ranges.length === 0 || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return ranges.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match([base, bits] as never));
}
