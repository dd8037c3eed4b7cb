import ipaddr from "ipaddr.js";

/**
 * What attempts of an address are counted under. Whoever has one IPv6 address has the 2^64 of its network, and would have a new
 * allowance with each: the network counts as one caller. An IPv4 address inside an IPv6 one counts as itself.
 */
export function limitKey(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const ip = ipaddr.process(address);
  if (!(ip instanceof ipaddr.IPv6)) return ip.toString();
  return `${ip.parts.slice(0, 4).map((part) => part.toString(16)).join(":")}::/64`;
}
