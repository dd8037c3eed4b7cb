import { isIP } from "node:net";

export type ArtifactHost =
  | { kind: "address"; cidr: string; port: number }
  | { kind: "service"; namespace: string }
  | { kind: "name"; port: number };

/** Where the init container fetches from, as far as a NetworkPolicy can tell it: it knows addresses and namespaces, no names. */
export function artifactHost(artifactUrl: string): ArtifactHost {
  const url = new URL(artifactUrl);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port) || (url.protocol === "http:" ? 80 : 443);
  const version = isIP(host);
  if (version !== 0) return { kind: "address", cidr: `${host}/${version === 4 ? 32 : 128}`, port };
  return serviceNamespace(host) ?? { kind: "name", port };
}

/** `name.namespace.svc[.cluster.local]`; null: no service of the cluster. */
export function serviceNamespace(host: string): { kind: "service"; namespace: string } | null {
  const namespace = /^[a-z0-9-]+\.([a-z0-9-]+)\.svc(\.|$)/.exec(host)?.[1];
  return namespace === undefined ? null : { kind: "service", namespace };
}
