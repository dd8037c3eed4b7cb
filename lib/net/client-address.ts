import ipaddr from "ipaddr.js";
import { env } from "@/lib/env";

/** Header the custom server sets to the socket's own address; what a client sends under this name is overwritten there. */
export const SOCKET_ADDRESS_HEADER = "x-slipway-socket-address";

/**
 * The caller's address: the socket's, unless that is one of SLIPWAY_TRUSTED_PROXIES; then the last address of X-Forwarded-For
 * that is not a trusted proxy. A header from anyone else is not believed.
 */
export function clientAddress(headers: Headers): string {
  const socket = headers.get(SOCKET_ADDRESS_HEADER) ?? "unknown";
  const ranges = trusted();
  if (!isTrusted(socket, ranges)) return socket;
  const chain = (headers.get("x-forwarded-for") ?? "").split(",").map((a) => a.trim()).filter((a) => ipaddr.isValid(a));
  return chain.reverse().find((a) => !isTrusted(a, ranges)) ?? socket;
}

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

function trusted(): Range[] {
  return env().SLIPWAY_TRUSTED_PROXIES.split(",").map((r) => r.trim()).filter(Boolean).map((r) => ipaddr.parseCIDR(r.includes("/") ? r : `${r}/${r.includes(":") ? 128 : 32}`));
}

function isTrusted(address: string, ranges: Range[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return ranges.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match([base, bits] as never));
}
