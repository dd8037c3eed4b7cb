import { KubeConfig, type RequestContext } from "@kubernetes/client-node";
import { Agent } from "undici";
import { guardedConnector, type Lookup, systemLookup } from "@/lib/net/guarded-connector";
import { whyNoApiServer } from "@/lib/net/vet-cluster-address";

export type ServerOptions = { server: string; caPem: string | null; tlsServerName: string | null; clientCertificate: { certPem: string; keyPem: string } | null; /** The bearer token, asked for before each request. */ token: (() => Promise<string>) | null };

const CONNECT_MS = 10_000;

/**
 * A KubeConfig of one cluster and one user whose every connection is vetted (lib/net/vet-cluster-address.ts), redirects included, since
 * they go through the same agent. client-node makes an agent a request; this keeps one, so that a pass over many objects is one connection.
 */
export class GuardedKubeConfig extends KubeConfig {
  private readonly agent: Agent;

  constructor(private readonly options: ServerOptions, lookup: Lookup = systemLookup) {
    super();
    const { server, caPem, tlsServerName, clientCertificate, token } = options;
    this.addAuthenticator(new TokenAuthenticator(token));
    this.loadFromOptions({
      clusters: [{ name: "cluster", server, skipTLSVerify: false, ...(caPem ? { caData: base64(caPem) } : {}), ...(tlsServerName ? { tlsServerName } : {}) }],
      users: [{ name: "user", authProvider: { name: TOKEN_PROVIDER }, ...(clientCertificate ? { certData: base64(clientCertificate.certPem), keyData: base64(clientCertificate.keyPem) } : {}) }],
      contexts: [{ name: "context", cluster: "cluster", user: "user" }], currentContext: "context",
    });
    const tls = { ...(caPem ? { ca: caPem } : {}), ...(clientCertificate ? { cert: clientCertificate.certPem, key: clientCertificate.keyPem } : {}), ...(tlsServerName ? { servername: tlsServerName } : {}) };
    const vetting = { check: whyNoApiServer, rule: "An API server may be private, but never a metadata service or a link-local address." };
    // Longer than the 30 s of silence at which client-node ends a watch itself; headers of a slow list are waited for half a minute.
    this.agent = new Agent({ connect: guardedConnector(vetting, lookup, CONNECT_MS, () => undefined, tls), headersTimeout: 30_000, bodyTimeout: 90_000, keepAliveTimeout: 30_000, connections: 64 });
  }

  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    if (this.options.token) context.setHeaderParam("Authorization", `Bearer ${await this.options.token()}`);
    context.setDispatcher(this.agent);
  }

  /** Ends every connection at once, watches included. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

const TOKEN_PROVIDER = "slipway";

/** For what does not go through applySecurityAuthentication (web sockets). */
class TokenAuthenticator {
  constructor(private readonly token: (() => Promise<string>) | null) {}
  isAuthProvider(user: { authProvider?: { name?: string } }): boolean {
    return user.authProvider?.name === TOKEN_PROVIDER;
  }
  async applyAuthentication(_user: unknown, options: { headers?: unknown }): Promise<void> {
    if (this.token) options.headers = { ...(options.headers as object | undefined), Authorization: `Bearer ${await this.token()}` };
  }
}

const base64 = (pem: string) => Buffer.from(pem, "utf8").toString("base64");
