import dns from "node:dns/promises";
import net from "node:net";
import type { ConnectionOptions } from "node:tls";
import { buildConnector } from "undici";
import { AppError } from "@/lib/errors";
import { type AddressPolicy, type Destination, whyBlocked } from "@/lib/net/vet-address";

export type ResolvedAddress = { address: string; family: number };
/** Resolves a name to every address it has. Injected by tests; the operating system's resolver otherwise. */
export type Lookup = (hostname: string) => Promise<ResolvedAddress[]>;

export const systemLookup: Lookup = (hostname) => dns.lookup(hostname, { all: true, verbatim: true });

/** What decides about an address: a policy, or a check of one's own with the sentence that says its rule. */
export type Vetting = AddressPolicy | { check(to: Destination): string | null; rule: string };

const RULE = "Slipway connects only to public https addresses and to those its platform engineers have allowed.";
const blocked = (host: string, reason: string, rule: string) => new AppError("blocked_address", `${host} ${reason}. ${rule}`);

const bare = (hostname: string) => (hostname.startsWith("[") ? hostname.slice(1, -1) : hostname);

/**
 * An undici connector that decides at connect time, not on the URL's text: the name is resolved once, every address it
 * has must pass, the socket can only go to those (a second DNS answer is never asked for), and the peer is checked again
 * once connected. One bad address among good ones refuses the name, as rebinding attacks mix the two.
 * `connected` is told the address in use. `tls`: certificate authority, client certificate and server name of the connection.
 */
export function guardedConnector(vetting: Vetting, lookup: Lookup, timeoutMs: number, connected: (address: string) => void, tls: Pick<ConnectionOptions, "ca" | "cert" | "key" | "servername"> = {}): buildConnector.connector {
  const { vet, rule } = "check" in vetting ? { vet: vetting.check, rule: vetting.rule } : { vet: (to: Destination) => whyBlocked(to, vetting), rule: RULE };
  return (options, callback) => {
    const hostname = bare(options.hostname);
    const port = Number(options.port) || (options.protocol === "https:" ? 443 : 80);
    const check = (address: string) => vet({ address, port, protocol: options.protocol });
    // What a name leads to inside the network is told to platform people, whose own the check is, and to nobody who only gave a URL.
    const named = (address: string) => (address === hostname || !("check" in vetting) ? hostname : `${hostname} (${address})`);

    const connect = async () => {
      const family = net.isIP(hostname);
      const addresses = family ? [{ address: hostname, family }] : await lookup(hostname);
      if (addresses.length === 0) throw new AppError("bad_gateway", `${hostname} has no address.`);
      for (const { address } of addresses) {
        const reason = check(address);
        if (reason) throw blocked(named(address), reason, rule);
      }
      const pinned: net.LookupFunction = (_name, lookupOptions, done) =>
        lookupOptions.all ? done(null, addresses) : done(null, addresses[0]!.address, addresses[0]!.family);
      const open = buildConnector({ ...tls, allowH2: false, maxCachedSessions: 0, timeout: timeoutMs, lookup: pinned, autoSelectFamily: true } as buildConnector.BuildOptions);
      open({ ...options, hostname }, (error, socket) => {
        if (error) return callback(error, null);
        const peer = socket.remoteAddress ?? "";
        const reason = check(peer);
        if (reason) {
          socket.destroy();
          return callback(blocked(named(peer), reason, rule), null);
        }
        connected(peer);
        callback(null, socket);
      });
    };
    connect().catch((error: Error) => callback(error, null));
  };
}
