import fs from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isIPv6 } from "node:net";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { GuardedKubeConfig } from "@/lib/targets/kubernetes/guarded-kube-config";

export const SERVICE_ACCOUNT_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";

export type InCluster = { folder?: string; host?: string; port?: string };

/** Whether this process runs in a pod with a service account. */
export function runsInCluster({ folder = SERVICE_ACCOUNT_FOLDER, host = env().KUBERNETES_SERVICE_HOST }: InCluster = {}): boolean {
  return Boolean(host) && fs.existsSync(path.join(folder, "token"));
}

/**
 * The cluster this process runs in, as the pod's service account. The kubelet replaces the token about every hour, so the file is read
 * again each minute. Throws unprocessable outside a cluster.
 */
export function inClusterKubeConfig(options: InCluster = {}): GuardedKubeConfig {
  const { folder = SERVICE_ACCOUNT_FOLDER, host = env().KUBERNETES_SERVICE_HOST, port = env().KUBERNETES_SERVICE_PORT ?? "443" } = options;
  if (!host || !runsInCluster({ folder, host })) {
    throw new AppError("unprocessable", "Slipway does not run in a pod with a service account here. Connect the cluster by kubeconfig, or install Slipway in it.");
  }
  let token = "";
  let readAt = 0;
  return new GuardedKubeConfig({
    server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`, caPem: fs.readFileSync(path.join(folder, "ca.crt"), "utf8"), tlsServerName: null, clientCertificate: null,
    token: async () => {
      if (Date.now() - readAt > 60_000) {
        token = (await readFile(path.join(folder, "token"), "utf8")).trim();
        readAt = Date.now();
      }
      return token;
    },
  });
}
