import ipaddr from "ipaddr.js";
import type { Destination } from "@/lib/net/vet-address";

/** Where clouds answer with credentials, in ranges that are otherwise fit for a cluster. Link-local (169.254/16, fe80::/10) is refused as a whole. */
const METADATA = new Set(["168.63.129.16", "100.100.100.200", "fd20:ce::254", "fd00:c1::a9fe:a9fe", "fd00:42::42"]);

/** What EC2 keeps of the unique local range for its own services: instance metadata, Pod Identity. */
const EC2_SERVICES = ipaddr.IPv6.parseCIDR("fd00:ec2::/32");

/** Ranges, as ipaddr.js names them, that an API server can have an address in. A cluster is usually private, and kind's is on loopback. */
const FIT = new Set(["unicast", "private", "loopback", "carrierGradeNat", "uniqueLocal"]);

/**
 * Why an API server a platform person gave must not be connected to, as the end of a sentence that starts with the address; null when
 * it may. Private addresses and any port are fine; metadata services, link-local, multicast and addresses that hide another
 * one (mapped, NAT64, 6to4, Teredo) never are; https only. The reasons: docs/adr/0013.
 */
export function whyNoApiServer({ address, protocol }: Destination): string | null {
  if (!ipaddr.isValid(address)) return "is not an IP address";
  const ip = ipaddr.parse(address);
  if (ip instanceof ipaddr.IPv6 && ip.zoneId) return "is bound to a network interface";
  if (METADATA.has(ip.toString()) || (ip instanceof ipaddr.IPv6 && ip.match(EC2_SERVICES))) return "is a cloud's metadata service";
  const range = ip.range();
  if (!FIT.has(range)) return `cannot be an API server (${range})`;
  return protocol === "https:" ? null : "is asked for by plain http: an API server is reached by https only";
}
