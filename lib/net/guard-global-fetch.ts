import { Agent, type buildConnector, setGlobalDispatcher } from "undici";
import { guardedConnector, type Lookup, systemLookup } from "@/lib/net/guarded-connector";
import { OPERATORS_OWN } from "@/lib/net/operators-own";

const TIMEOUT_MS = 15_000;

/**
 * Puts every `fetch` of this process, those of libraries included, behind the check at connect time, redirects too. What is not public
 * https is refused, except the origins the operator named: those may be private and use plain http, but are never a metadata service.
 * A library that reads an address out of a document (single sign-on's discovery) cannot be led inside by it.
 */
export function guardGlobalFetch(operatorNamed: readonly string[], lookup: Lookup = systemLookup): void {
  const origins = new Set(operatorNamed.map((url) => new URL(url).origin));
  const open = guardedConnector({}, lookup, TIMEOUT_MS, () => undefined);
  const named = guardedConnector(OPERATORS_OWN, lookup, TIMEOUT_MS, () => undefined);
  const connect: buildConnector.connector = (options, callback) => (origins.has(originOf(options)) ? named : open)(options, callback);
  setGlobalDispatcher(new Agent({ connect, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS }));
}

const originOf = (o: buildConnector.Options) => new URL(`${o.protocol}//${o.hostname.includes(":") && !o.hostname.startsWith("[") ? `[${o.hostname}]` : o.hostname}${o.port ? `:${o.port}` : ""}`).origin;
