import ipaddr from "ipaddr.js";
import type { Vetting } from "@/lib/net/guarded-connector";
import type { Destination } from "@/lib/net/vet-address";
import { whyNoApiServer } from "@/lib/net/vet-cluster-address";

/**
 * Why a cost server that a platform person gave must not be connected to; null when it may. Where an API server may be, a cost server may be
 * (docs/adr/0013). Inside a network it usually speaks plain http, so that is open to addresses that are not public; to public ones a
 * secret header must not travel in the clear.
 */
export function whyNoCostServer(to: Destination): string | null {
  const reason = whyNoApiServer({ ...to, protocol: "https:" });
  if (reason) return reason.replace("an API server", "a cost server");
  return to.protocol === "http:" && ipaddr.parse(to.address).range() === "unicast" ? "is public, and reachable by https only" : null;
}

export const COST_SERVER_VETTING: Vetting = { check: whyNoCostServer, rule: "A cost server is reached by https, or by http inside your network; metadata services never are." };
