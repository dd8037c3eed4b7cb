import { awsCredentials } from "@/lib/targets/eks/credentials";
import { eksTokenSource } from "@/lib/targets/eks/token";
import type { EksConfig } from "@/lib/targets/kubernetes/connection-config";
import { GuardedKubeConfig } from "@/lib/targets/kubernetes/guarded-kube-config";

/** An EKS cluster, signed in to with Slipway's AWS identity or the role given. */
export function eksKubeConfig(config: EksConfig, externalId: string | null): GuardedKubeConfig {
  const credentials = awsCredentials(config.region, config.roleArn === null ? null : { roleArn: config.roleArn, externalId });
  return new GuardedKubeConfig({
    server: config.endpoint, caPem: Buffer.from(config.caData, "base64").toString("utf8"), tlsServerName: null, clientCertificate: null,
    token: eksTokenSource(config.clusterName, config.region, credentials),
  });
}
