import ipaddr from "ipaddr.js";

/** One exception for a company network or a test: addresses in `cidr` are reachable, on `ports` only when given, by plain http only with `http`. */
export type AllowRule = { cidr: string; ports?: number[]; http?: boolean };

/** What an instance lets its users' URLs reach. The default (an empty object) is https on port 443 of public addresses. */
export type AddressPolicy = {
  allow?: AllowRule[];
  /** Ports of public addresses; default [443]. */
  publicPorts?: number[];
  /** Plain http to public addresses; default false. */
  publicHttp?: boolean;
};

export type Destination = { address: string; port: number; protocol: string };

// Answers with credentials although it lies in public address space: Azure's host agent.
const METADATA_IN_PUBLIC_SPACE = new Set(["168.63.129.16"]);
const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR("2000::/3");

/** ISATAP interface identifiers (RFC 5214) carry an IPv4 address in their last 32 bits. */
const isIsatap = (ip: ipaddr.IPv6) => (ip.parts[4] === 0 || ip.parts[4] === 0x200) && ip.parts[5] === 0x5efe;

/**
 * Why a bare address is not public, in words, or null when it is.
 * Only what is known to be public passes: embedded IPv4 (mapped, compatible, NAT64, 6to4, Teredo, ISATAP) is refused
 * whole, since what such an address reaches depends on the network it is used in.
 */
export function whyNotPublic(address: string): string | null {
  if (!ipaddr.isValid(address)) return "is not an IP address";
  const ip = ipaddr.parse(address);
  if (ip instanceof ipaddr.IPv6 && ip.zoneId) return "is bound to a network interface";
  const range = ip.range();
  if (range !== "unicast") return `is not public (${range})`;
  if (METADATA_IN_PUBLIC_SPACE.has(ip.toString())) return "is a cloud's metadata service";
  if (ip instanceof ipaddr.IPv6 && (!ip.match(GLOBAL_UNICAST_V6) || isIsatap(ip))) return "is not public (outside global unicast)";
  return null;
}

function ruleFor(address: string, port: number, rules: AllowRule[]): AllowRule | undefined {
  if (!ipaddr.isValid(address)) return undefined;
  const ip = ipaddr.parse(address);
  return rules.find((rule) => {
    const [net, bits] = ipaddr.parseCIDR(rule.cidr.includes("/") ? rule.cidr : `${rule.cidr}/${rule.cidr.includes(":") ? 128 : 32}`);
    if (net.kind() !== ip.kind() || !ip.match(net, bits)) return false;
    return !rule.ports || rule.ports.includes(port);
  });
}

/** Why this destination must not be connected to, as the end of a sentence that starts with the address, or null when it may. */
export function whyBlocked({ address, port, protocol }: Destination, policy: AddressPolicy): string | null {
  const rule = ruleFor(address, port, policy.allow ?? []);
  if (rule) return protocol === "https:" || rule.http ? null : "is reachable by https only";
  const reason = whyNotPublic(address);
  if (reason) return reason;
  if (protocol !== "https:" && !policy.publicHttp) return "is reachable by https only";
  if (!(policy.publicPorts ?? [443]).includes(port)) return `is asked for on port ${port}, which is not open to outgoing requests`;
  return null;
}
