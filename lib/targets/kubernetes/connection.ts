import type { KubeConfig } from "@kubernetes/client-node";
import { AppError } from "@/lib/errors";
import { open, seal } from "@/lib/secrets/seal";
import { eksKubeConfig } from "@/lib/targets/eks/eks-kube-config";
import { type ConnectionConfig, connectionConfigSchema, type Credentials, credentialsSchema } from "@/lib/targets/kubernetes/connection-config";
import { GuardedKubeConfig } from "@/lib/targets/kubernetes/guarded-kube-config";
import { inClusterKubeConfig } from "@/lib/targets/kubernetes/in-cluster";

/** Opens a sealed value in its place (lib/secrets/seal.ts `open`). */
export type Decrypt = (sealed: string, place: string) => string;

/** A row of Target, as far as it says how to reach the place. */
export type ConnectionRow = { slug: string; config: unknown; credentials?: Uint8Array | null };

/** The place a target's credentials are sealed for: moved to another row they do not open. */
export const credentialsPlace = (slug: string): string => `target:${slug}`;

export const sealCredentials = (slug: string, credentials: Credentials): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(seal(JSON.stringify(credentials), credentialsPlace(slug)), "utf8"));

/**
 * How to reach a cluster, from its row. Connections are vetted, and tokens refreshed, on every request, so it can be kept for long.
 * Throws unprocessable where the row cannot be used any more: sealed with a key that is gone, or not in a pod.
 */
export async function kubeConfigOf(row: ConnectionRow, decrypt: Decrypt = open): Promise<KubeConfig> {
  return connect(connectionConfigOf(row), row.credentials ? openCredentials(row.slug, row.credentials, decrypt) : null);
}

/** As kubeConfigOf, for what is not stored yet. */
export function connect(config: ConnectionConfig, credentials: Credentials | null): KubeConfig {
  if (config.auth === "in-cluster") return inClusterKubeConfig();
  if (config.auth === "eks") return eksKubeConfig(config, credentials?.kind === "aws" ? credentials.externalId : null);
  const certificate = credentials?.kind === "client-certificate" ? credentials : null;
  const token = credentials?.kind === "token" ? credentials.token : null;
  if (!certificate && !token) throw new AppError("unprocessable", "The credentials of this cluster are missing. Give its kubeconfig again under its settings.");
  return new GuardedKubeConfig({
    server: config.server, caPem: config.caData && pem(config.caData), tlsServerName: config.tlsServerName,
    clientCertificate: certificate && { certPem: pem(certificate.certData), keyPem: pem(certificate.keyData) },
    token: token === null ? null : async () => token,
  });
}

export function connectionConfigOf(row: ConnectionRow): ConnectionConfig {
  const parsed = connectionConfigSchema.safeParse(row.config);
  if (!parsed.success) throw new AppError("unprocessable", `How to reach ${row.slug} is not written down as this version of Slipway expects. Connect it again.`);
  return parsed.data;
}

export function openCredentials(slug: string, sealed: Uint8Array, decrypt: Decrypt = open): Credentials {
  try {
    return credentialsSchema.parse(JSON.parse(decrypt(Buffer.from(sealed).toString("utf8"), credentialsPlace(slug))));
  } catch (cause) {
    throw new AppError("unprocessable", `The credentials of ${slug} cannot be opened: they were sealed with another SLIPWAY_ENCRYPTION_KEY. Set that key, or give the credentials again.`, { cause });
  }
}

const pem = (base64: string) => Buffer.from(base64, "base64").toString("utf8");
