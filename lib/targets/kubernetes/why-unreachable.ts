import { AppError } from "@/lib/errors";

/** What kept an API server from answering, told apart; `message` is for a person and says what to do. */
export type Unreachable = { kind: "dns" | "refused" | "timeout" | "tls" | "blocked" | "credentials" | "network"; message: string };

const TLS = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|ERR_OSSL|HOSTNAME_MISMATCH|INVALID_CA|CRL_)/;

/** Pure: from an error of a request to its cause in words. Looks through causes, and through the several addresses of one name. */
export function whyUnreachable(error: unknown, host: string): Unreachable {
  for (const e of chain(error)) {
    if (e instanceof AppError && e.code === "blocked_address") return { kind: "blocked", message: e.message };
    if (e instanceof AppError) return { kind: "credentials", message: e.message };
    const { code = "", name = "" } = e as { code?: string; name?: string };
    if (code === "ENOTFOUND" || code === "EAI_AGAIN") return { kind: "dns", message: `The name ${host} cannot be resolved from here. Check the address; a private cluster's name resolves only inside its network.` };
    if (code === "ECONNREFUSED") return { kind: "refused", message: `${host} refuses the connection: nothing listens there. Is the cluster running, and the port right?` };
    if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return { kind: "tls", message: `The certificate of ${host} is for another name. Use a name it is made for, or set tls-server-name in the kubeconfig.` };
    if (code === "CERT_HAS_EXPIRED") return { kind: "tls", message: `The certificate of ${host} has expired. Renew it on the cluster, or put this machine's clock right.` };
    if (TLS.test(code)) return { kind: "tls", message: `The certificate of ${host} is not signed by the authority given (${code}). Give the cluster's own certificate authority.` };
    if (["ETIMEDOUT", "UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"].includes(code) || name === "TimeoutError") {
      return { kind: "timeout", message: `${host} does not answer in time. A firewall, a security group, or a private API server that is not reachable from here.` };
    }
    if (/Credentials/.test(name) || (e as { $metadata?: unknown }).$metadata !== undefined) return { kind: "credentials", message: "The AWS credentials that sign in to this cluster cannot be had. Look at the processes' AWS identity and at the role." };
  }
  const code = chain(error).map((e) => (e as { code?: string }).code).find((c) => c !== undefined);
  return { kind: "network", message: `${host} could not be asked${code ? ` (${String(code).replace(/\W/g, "")})` : ""}. Check the network between Slipway and the cluster.` };
}

function chain(error: unknown): object[] {
  const found: object[] = [];
  const visit = (e: unknown) => {
    if (typeof e !== "object" || e === null || found.includes(e) || found.length > 20) return;
    found.push(e);
    visit((e as { cause?: unknown }).cause);
    for (const inner of (e as { errors?: unknown[] }).errors ?? []) visit(inner);
  };
  visit(error);
  return found;
}
