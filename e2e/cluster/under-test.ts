import { spawnSync } from "node:child_process";
import { inject, test } from "vitest";
import type { ClusterUnderTest } from "@/e2e/cluster/setup";

/** A case that needs kwok's nodes, its faults or the audit log: on a cluster of the reader's it is skipped by name. */
export const kwokTest = (name: string, run: () => Promise<void>, limitMs?: number) => test.skipIf(!inject("cluster").own)(`${name} (needs kwok)`, run, limitMs);

export const ownCluster = (): Extract<ClusterUnderTest, { own: true }> => {
  const cluster = inject("cluster");
  if (!cluster.own) throw new Error("only on a control plane of the suite's own");
  return cluster;
};

/** kubectl as the administrator, who is not the one whose requests are counted. Throws what it said on an error. */
export function kubectl(args: string[], input?: object): string {
  const cluster = inject("cluster");
  const [file, config] = cluster.own ? [cluster.kubectl, cluster.adminKubeconfig] : ["kubectl", cluster.kubeconfig];
  const result = spawnSync(file, ["--kubeconfig", config, ...args], { encoding: "utf8", input: input && JSON.stringify(input), maxBuffer: 1 << 28 });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`kubectl ${args.join(" ")}: ${result.stderr.trim()}`);
  return result.stdout;
}

export const kubectlJson = <T = { items: unknown[] }>(args: string[]): T => JSON.parse(kubectl([...args, "-o", "json"])) as T;
export const apply = (...items: object[]) => kubectl(["apply", "--server-side", "-f", "-"], { apiVersion: "v1", kind: "List", items });
