import fs from "node:fs";
import path from "node:path";

export const moduleDir = path.join(import.meta.dirname, "go");

/** Ends up in `bin/` under this name. Packages outside this module are pinned by go.mod and go.sum. */
export const PROGRAMS = [
  { name: "etcd", package: "go.etcd.io/etcd/server/v3" },
  { name: "pki", package: "./pki" },
  { name: "kube", package: "./kube" },
  { name: "kwok", package: "sigs.k8s.io/kwok/cmd/kwok" },
  { name: "karpenter-kwok", package: "sigs.k8s.io/karpenter/kwok" },
  { name: "metrics-server", package: "sigs.k8s.io/metrics-server/cmd/metrics-server" },
] as const;

/** `kube` is these four, by the name it is called by. */
export const KUBE_NAMES = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl"] as const;

/** Files that come with the programs' own modules, and the folder of the build they are copied to. */
export const FROM_PROGRAM_MODULES = [
  { module: "sigs.k8s.io/kwok", folder: "crds", files: ["kustomize/crd/bases"] },
  { module: "sigs.k8s.io/kwok", folder: "stages", files: ["kustomize/stage/node/fast/node-initialize.yaml", "kustomize/stage/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml", "kustomize/stage/pod/fast/pod-ready.yaml", "kustomize/stage/pod/fast/pod-complete.yaml", "kustomize/stage/pod/fast/pod-delete.yaml"] },
  { module: "sigs.k8s.io/kwok", folder: "usage", files: ["kustomize/metrics/resource/metrics-resource.yaml", "kustomize/metrics/usage/usage-from-annotation.yaml"] },
  { module: "sigs.k8s.io/karpenter", folder: "crds", files: ["pkg/apis/crds/karpenter.sh_nodeclaims.yaml", "pkg/apis/crds/karpenter.sh_nodeoverlays.yaml", "pkg/apis/crds/karpenter.sh_nodepools.yaml", "kwok/apis/crds/karpenter.kwok.sh_kwoknodeclasses.yaml"] },
] as const;

export type CrdModule = { module: string; version: string; sum: string; files: string[] };

/** Modules that only their CRDs are taken from: outside go.mod, so that what they need does not choose our versions. */
export const crdModules = (): CrdModule[] => JSON.parse(fs.readFileSync(path.join(moduleDir, "crds.json"), "utf8")) as CrdModule[];

export function versionOf(module: string): string {
  const line = fs.readFileSync(path.join(moduleDir, "go.mod"), "utf8").split("\n").find((l) => l.trim().startsWith(`${module} v`));
  if (!line) throw new Error(`go.mod does not name ${module}`);
  return line.trim().split(/\s+/)[1] as string;
}

/** Without these the programs say "unknown" or v0.0.0, and what checks versions (Karpenter, Helm charts, our own check page) refuses. */
export function linkerFlags(): string {
  const kubernetes = versionOf("k8s.io/kubernetes");
  const [major, minor] = kubernetes.slice(1).split(".");
  const set: Record<string, string> = {
    "k8s.io/component-base/version.gitVersion": kubernetes,
    "k8s.io/component-base/version.gitMajor": major as string,
    "k8s.io/component-base/version.gitMinor": minor as string,
    "k8s.io/component-base/version.gitTreeState": "clean",
    "sigs.k8s.io/kwok/pkg/consts.Version": versionOf("sigs.k8s.io/kwok").slice(1),
    "sigs.k8s.io/karpenter/pkg/operator.Version": versionOf("sigs.k8s.io/karpenter"),
    "sigs.k8s.io/metrics-server/pkg/version.gitVersion": versionOf("sigs.k8s.io/metrics-server"),
  };
  return ["-s -w", ...Object.entries(set).map(([name, value]) => `-X ${name}=${value}`)].join(" ");
}
