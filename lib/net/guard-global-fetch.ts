import { Agent, type buildConnector, setGlobalDispatcher } from "undici";
import { guardedConnector, type Lookup, systemLookup } from "@/lib/net/guarded-connector";
import { whyNoApiServer } from "@/lib/net/vet-cluster-address";
import type { Destination } from "@/lib/net/vet-address";

const TIMEOUT_MS = 15_000;

/**
 * Puts every `fetch` of this process, those of libraries included, behind the check at connect time, redirects too. What is not public
 * https is refused, except the origins the operator named: those may be private and use plain http, but are never a metadata service.
 * A library that reads an address out of a document (single sign-on's discovery) cannot be led inside by it.
 */
export function guardGlobalFetch(operatorNamed: readonly string[], lookup: Lookup = systemLookup): void {
  const origins = new Set(operatorNamed.map((url) => new URL(url).origin));
  const open = guardedConnector({}, lookup, TIMEOUT_MS, () => undefined);
  const named = guardedConnector({ check: whyNotOperators, rule: "What the operator names may be private, but not a metadata service." }, lookup, TIMEOUT_MS, () => undefined);
  const connect: buildConnector.connector = (options, callback) => (origins.has(originOf(options)) ? named : open)(options, callback);
  setGlobalDispatcher(new Agent({ connect, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS }));
}

/** The ranges in which an operator may run a server of their own are those of a cluster; http is theirs to choose. */
const whyNotOperators = (to: Destination) => (whyNoApiServer({ ...to, protocol: "https:" }) === null ? null : "is not an address that a server of the operator's can have");

const originOf = (o: buildConnector.Options) => new URL(`${o.protocol}//${o.hostname.includes(":") && !o.hostname.startsWith("[") ? `[${o.hostname}]` : o.hostname}${o.port ? `:${o.port}` : ""}`).origin;
