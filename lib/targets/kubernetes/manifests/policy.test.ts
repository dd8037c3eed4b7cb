import { expect, test } from "vitest";
import { revision, settings, spec } from "./__fixtures__/specs";
import type { Manifest } from "./manifest";
import { checkPolicy } from "./policy";
import { renderDeployment } from "./render";

type Any = { [key: string]: Any } & Any[];
const rendered = () => structuredClone(renderDeployment(spec([revision("triton", "spot")]), settings));
const pod = (objects: Manifest[]) => (objects.find((o) => o.kind === "Deployment")!.spec as { template: { spec: Any } }).template.spec;
const set = (at: unknown, key: string, value: unknown) => { (at as Record<string, unknown>)[key] = value; };
const without = (kind: string, name?: string) => (objects: Manifest[]) => {
  const i = objects.findIndex((o) => o.kind === kind && (name === undefined || o.metadata.name === name));
  expect(i).toBeGreaterThanOrEqual(0);
  objects.splice(i, 1);
};

test("what is rendered breaks no rule", () => expect(checkPolicy(rendered())).toEqual([]));

// Each way to weaken the objects, and the rule that must notice it.
const ATTACKS: [string, (objects: Manifest[]) => void, RegExp][] = [
  ["restricted Pod Security is taken off", (o) => set(o.find((x) => x.kind === "Namespace")!.metadata.labels, "pod-security.kubernetes.io/enforce", "privileged"), /restricted Pod Security/],
  ["the service account mounts its token", (o) => set(o.find((x) => x.kind === "ServiceAccount"), "automountServiceAccountToken", true), /service account mounts no token/],
  ["the pod mounts a token", (o) => set(pod(o), "automountServiceAccountToken", undefined), /pod mounts no/],
  ["the pod runs as default", (o) => set(pod(o), "serviceAccountName", "default"), /identity of its own/],
  ["the node's network", (o) => set(pod(o), "hostNetwork", true), /shares nothing/],
  ["the node's processes", (o) => set(pod(o), "hostPID", true), /shares nothing/],
  ["root in the pod", (o) => set(pod(o).securityContext, "runAsUser", 0), /no root/],
  ["runAsNonRoot is missing in the pod", (o) => set(pod(o).securityContext, "runAsNonRoot", undefined), /no root/],
  ["seccomp is missing in the pod", (o) => set(pod(o).securityContext, "seccompProfile", undefined), /seccomp is RuntimeDefault$/],
  ["a long grace period", (o) => set(pod(o), "terminationGracePeriodSeconds", 600), /two minutes/],
  ["a folder of the node", (o) => (pod(o).volumes as unknown as object[]).push({ name: "x", hostPath: { path: "/" } }), /hostPath/],
  ["a claim of a volume", (o) => (pod(o).volumes as unknown as object[]).push({ name: "x", persistentVolumeClaim: { claimName: "x" } }), /persistentVolumeClaim/],
  ["a folder without a limit", (o) => (pod(o).volumes as unknown as object[]).push({ name: "x", emptyDir: {} }), /has a limit/],
  ["no container", (o) => set(pod(o), "containers", []), /has a container/],
  ...(["containers", "initContainers"] as const).flatMap((list): [string, (objects: Manifest[]) => void, RegExp][] => {
    const c = (o: Manifest[]) => pod(o)[list]![0]!;
    return [
      [`${list}: privileges can be gained`, (o) => set(c(o).securityContext, "allowPrivilegeEscalation", undefined), /gains privileges/],
      [`${list}: privileged`, (o) => set(c(o).securityContext, "privileged", true), /is privileged/],
      [`${list}: a root file system that can be written`, (o) => set(c(o).securityContext, "readOnlyRootFilesystem", false), /read-only/],
      [`${list}: root`, (o) => set(c(o).securityContext, "runAsUser", 0), /as root/],
      [`${list}: seccomp unconfined`, (o) => set(c(o).securityContext, "seccompProfile", { type: "Unconfined" }), /seccomp/],
      [`${list}: a capability`, (o) => set(c(o).securityContext, "capabilities", { drop: ["ALL"], add: ["NET_ADMIN"] }), /capability/],
      [`${list}: a port of the node`, (o) => set(c(o), "ports", [{ containerPort: 1, hostPort: 1 }]), /port of the node/],
      [`${list}: memory without a limit`, (o) => set(c(o).resources!.limits, "memory", undefined), /memory/],
      [`${list}: no limits`, (o) => set(c(o), "resources", {}), /cpu/],
    ];
  }),
  ["default-deny is missing", without("NetworkPolicy", "default-deny"), /everything is denied/],
  ["default-deny opens something", (o) => set(o.find((x) => x.metadata.name === "default-deny")!.spec, "egress", [{ to: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }]), /everything is denied/],
  ["default-deny forgets what goes out", (o) => set(o.find((x) => x.metadata.name === "default-deny")!.spec, "policyTypes", ["Ingress"]), /everything is denied/],
  ["everybody is let in", (o) => set(o.find((x) => x.kind === "NetworkPolicy" && x.metadata.name !== "default-deny")!.spec, "ingress", [{}]), /everybody in/],
  ["a pod goes everywhere", (o) => set(o.find((x) => x.kind === "NetworkPolicy" && x.metadata.name !== "default-deny")!.spec, "egress", [{}]), /go everywhere/],
  ["no quota", without("ResourceQuota"), /ResourceQuota/],
  ["no limit range", without("LimitRange"), /LimitRange/],
  ["no service account", without("ServiceAccount"), /ServiceAccount/],
  ["no namespace", without("Namespace"), /namespace comes with/],
  ["a load balancer", (o) => set(o.find((x) => x.kind === "Service")!.spec, "type", "LoadBalancer"), /opens nothing outside/],
  ["an object outside the namespace", (o) => set(o.find((x) => x.kind === "Service")!.metadata, "namespace", undefined), /in its namespace/],
  ["a role", (o) => void o.push({ apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding", metadata: { name: "x", namespace: "x", labels: {} } }), /no such object/],
];

test.each(ATTACKS)("noticed: %s", (_name, attack, rule) => {
  const objects = rendered();
  attack(objects);
  expect(checkPolicy(objects).map((v) => v.rule).join("; ")).toMatch(rule);
});
