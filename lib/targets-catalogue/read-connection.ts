import { randomBytes } from "node:crypto";
import type { Connection } from "@/lib/targets-catalogue/schema";
import { readEksConfig } from "@/lib/targets/eks/eks-target";
import { connect } from "@/lib/targets/kubernetes/connection";
import type { ConnectionConfig, Credentials } from "@/lib/targets/kubernetes/connection-config";
import { readVersion } from "@/lib/targets/kubernetes/check/read-facts";
import { credentialExpiry } from "@/lib/targets/kubernetes/credential-expiry";
import type { GuardedKubeConfig } from "@/lib/targets/kubernetes/guarded-kube-config";
import { readKubeconfig, useContext as contextOf } from "@/lib/targets/kubernetes/parse-kubeconfig";

export type ReadConnection = { kind: "kubernetes" | "eks"; config: ConnectionConfig; credentials: Credentials | null };

/** Eight characters, the first a letter: part of names in the cluster. */
export const newInstanceId = (): string => `s${BigInt(`0x${randomBytes(6).toString("hex")}`).toString(36).padStart(7, "0").slice(-7)}`;

/**
 * What is to be kept of a connection, proven by asking the API server for its version with it. Throws in words: unprocessable where the
 * kubeconfig, the cluster or AWS refuses, blocked_address where the address may not be connected to.
 */
export async function readConnection(connection: Connection, instance: string): Promise<ReadConnection> {
  const read = await parts(connection, instance);
  const kc = connect(read.config, read.credentials) as GuardedKubeConfig;
  try {
    await readVersion(kc);
  } finally {
    await kc.close();
  }
  return read;
}

async function parts(connection: Connection, instance: string): Promise<ReadConnection> {
  if (connection.type === "in-cluster") return { kind: "kubernetes", config: { auth: "in-cluster", instance }, credentials: null };
  if (connection.type === "eks") {
    const role = connection.roleArn ? { roleArn: connection.roleArn, externalId: connection.externalId ?? null } : null;
    const config = await readEksConfig({ region: connection.region, clusterName: connection.clusterName, role, instance });
    return { kind: "eks", config, credentials: connection.externalId ? { kind: "aws", externalId: connection.externalId } : null };
  }
  const { credentials, server, caData, tlsServerName, cluster, user } = contextOf(readKubeconfig(connection.kubeconfig), connection.context);
  return {
    kind: "kubernetes", credentials,
    config: {
      auth: "kubeconfig", instance, server, caData, tlsServerName, cluster, user, context: connection.context,
      credential: credentials.kind === "token" ? "token" : "client-certificate", credentialExpiresAt: credentialExpiry(credentials)?.toISOString() ?? null,
    },
  };
}
