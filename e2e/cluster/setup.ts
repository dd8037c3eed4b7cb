import type { TestProject } from "vitest/node";
import { buildControlPlane } from "@/e2e/cluster/build";
import { ControlPlane } from "@/e2e/cluster/control-plane";

declare module "vitest" {
  interface ProvidedContext {
    cluster: ClusterUnderTest;
  }
}

/** `own`: ours, with kwok's nodes and an audit log; else the reader's, named by KUBECONFIG, whose pods really run. */
export type ClusterUnderTest =
  | { own: true; kubeconfig: string; adminKubeconfig: string; nobodyKubeconfig: string; auditLog: string; containerLog: string; kubectl: string; pki: string }
  | { own: false; kubeconfig: string };

/** One control plane for the whole run. What kills or restarts a part of it starts its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.KUBECONFIG;
  if (given) {
    console.log(`cluster: yours, ${given}; the cases that need kwok are skipped by name`);
    project.provide("cluster", { own: false, kubeconfig: given });
    return async () => undefined;
  }
  const print = (line: string) => console.log(line);
  const build = await buildControlPlane(print);
  const plane = await ControlPlane.start(build, print);
  project.provide("cluster", { own: true, kubeconfig: plane.kubeconfig("slipway"), adminKubeconfig: plane.kubeconfig("admin"), nobodyKubeconfig: plane.kubeconfig("nobody"), auditLog: plane.auditLog, containerLog: plane.containerLog, kubectl: build.bin("kubectl"), pki: plane.pki });
  return () => plane.stop();
}
