import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { eventually } from "@/e2e/cluster/eventually";
import { apply, kubectl, kubectlJson, kwokTest, ownCluster } from "@/e2e/cluster/under-test";
import { checkCluster } from "@/lib/targets/kubernetes/check/check-cluster";
import { readVersion } from "@/lib/targets/kubernetes/check/read-facts";
import { connect } from "@/lib/targets/kubernetes/connection";
import type { Credentials } from "@/lib/targets/kubernetes/connection-config";
import { credentialExpiry } from "@/lib/targets/kubernetes/credential-expiry";
import { GuardedKubeConfig } from "@/lib/targets/kubernetes/guarded-kube-config";
import { inClusterKubeConfig } from "@/lib/targets/kubernetes/in-cluster";
import { kubeRequest } from "@/lib/targets/kubernetes/kube-request";
import { CLUSTER_PERMISSIONS } from "@/lib/targets/kubernetes/permissions";

const namespace = `connect-${randomUUID().slice(0, 8)}`;
const role = namespace;
let server: string;
let ca: string;
const open: GuardedKubeConfig[] = [];

beforeAll(() => {
  kubectl(["create", "namespace", namespace]);
  for (const name of ["bare", "whole"]) kubectl(["-n", namespace, "create", "serviceaccount", name]);
  const config = kubectlJson<{ clusters: { cluster: { server: string; "certificate-authority-data": string } }[] }>(["config", "view", "--raw", "--minify", "--flatten"]);
  server = config.clusters[0]!.cluster.server;
  ca = config.clusters[0]!.cluster["certificate-authority-data"];
});
afterAll(async () => {
  for (const kc of open) await kc.close();
  kubectl(["delete", "clusterrole,clusterrolebinding", role, "--ignore-not-found"]);
  kubectl(["delete", "namespace", namespace, "--wait=false"]);
});

function openssl(args: string[]): string {
  const result = spawnSync("openssl", args, { encoding: "utf8" });
  if (result.status !== 0) throw new Error(`openssl ${args[0]}: ${result.stderr}`);
  return result.stdout;
}
const tokenOf = (account: string) => kubectl(["-n", namespace, "create", "token", account, "--duration", "1h"]).trim();
function by(credentials: Credentials, o: { server?: string; caData?: string } = {}): GuardedKubeConfig {
  const kc = connect({ auth: "kubeconfig", instance: "stest000", server, caData: ca, tlsServerName: null, context: "x", cluster: "c", user: "u", credential: "token", credentialExpiresAt: null, ...o }, credentials) as GuardedKubeConfig;
  open.push(kc);
  return kc;
}
const context = { provider: "kubernetes" as const, clusterName: null, region: null, credentialExpiresAt: null, now: new Date() };
const whoami = async (kc: GuardedKubeConfig) => ((await kubeRequest(kc, "/apis/authentication.k8s.io/v1/selfsubjectreviews", { method: "POST", body: { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" } })).body as { status: { userInfo: { username: string } } }).status.userInfo.username;

describe("a cluster is signed in to", () => {
  it("by a service account's token, which says when it ends", async () => {
    const token = tokenOf("bare");
    expect(await whoami(by({ kind: "token", token }))).toBe(`system:serviceaccount:${namespace}:bare`);
    const left = credentialExpiry({ kind: "token", token })!.getTime() - Date.now();
    expect(left).toBeGreaterThan(30 * 60_000);
  });
  it("by a token file as in a pod, read anew when the kubelet has replaced it", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-in-cluster-"));
    try {
      fs.writeFileSync(path.join(folder, "ca.crt"), Buffer.from(ca, "base64"));
      fs.writeFileSync(path.join(folder, "token"), `${tokenOf("bare")}\n`);
      const { hostname: host, port } = new URL(server);
      const kc = inClusterKubeConfig({ folder, host, port: port || "443" });
      open.push(kc);
      expect(await whoami(kc)).toBe(`system:serviceaccount:${namespace}:bare`);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
  kwokTest("by a client certificate, which says when it ends", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-client-"));
    try {
      const pki = path.join(path.dirname(ownCluster().adminKubeconfig), "pki");
      const [key, request] = [path.join(folder, "client.key"), path.join(folder, "client.csr")];
      openssl(["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=client-of-a-test", "-keyout", key, "-out", request]);
      const certificate = openssl(["x509", "-req", "-in", request, "-CA", path.join(pki, "ca.crt"), "-CAkey", path.join(pki, "ca.key"), "-set_serial", "77", "-days", "3"]);
      const credentials = { kind: "client-certificate" as const, certData: Buffer.from(certificate).toString("base64"), keyData: fs.readFileSync(key).toString("base64") };
      expect(await whoami(by(credentials))).toBe("client-of-a-test");
      expect(credentialExpiry(credentials)!.getTime() - Date.now()).toBeGreaterThan(2 * 86_400_000);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
  it("not by a wrong token, not with another authority, not where nothing listens: each told apart", async () => {
    await expect(readVersion(by({ kind: "token", token: "wrong" }))).rejects.toThrow(/does not accept the credentials/);
    const stranger = openssl(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1", "-subj", "/CN=stranger", "-keyout", "/dev/null"]);
    await expect(readVersion(by({ kind: "token", token: "x" }, { caData: Buffer.from(stranger).toString("base64") }))).rejects.toThrow(/not signed by the authority given/);
    await expect(readVersion(by({ kind: "token", token: "x" }, { server: "https://127.0.0.1:24998" }))).rejects.toThrow(/refuses the connection/);
    await expect(readVersion(by({ kind: "token", token: "x" }, { server: "https://no-such-cluster.invalid" }))).rejects.toThrow(/cannot be resolved/);
  });
});

describe("the check", () => {
  it("names each verb a service account lacks; the role it offers gives exactly those, and then nothing is missing", async () => {
    const kc = by({ kind: "token", token: tokenOf("whole") });
    const before = (await checkCluster(kc, context)).findings.find((f) => f.id === "permissions")!;
    expect(before.status).toBe("missing");
    expect(before.detail).toMatch(/get, list, watch, create, patch, delete configmaps/);
    const documents = before.fix!.split("\n").slice(1, -1).join("\n").split("---\n").map((d) => parse(d) as { kind: string; metadata: { name: string }; roleRef?: { name: string }; subjects?: object[] });
    expect(documents.map((d) => d.kind)).toEqual(["ClusterRole", "ClusterRoleBinding"]);
    expect(documents[1]!.subjects).toEqual([{ kind: "ServiceAccount", namespace, name: "whole" }]);
    for (const d of documents) {
      d.metadata.name = role;
      if (d.roleRef) d.roleRef.name = role;
    }
    apply(...documents);
    // The API server hears of a new role a moment after it has stored it.
    await eventually(async () => expect((await checkCluster(kc, context)).findings.find((f) => f.id === "permissions")).toMatchObject({ status: "ok", fix: null }));
    // No more than it says: rights over roles, and over everything, stay with the administrator.
    const can = (verb: string, group: string, resource: string) => (JSON.parse(kubectl(["create", "-f", "-", "-o", "json"], { apiVersion: "authorization.k8s.io/v1", kind: "SubjectAccessReview", spec: { user: `system:serviceaccount:${namespace}:whole`, resourceAttributes: { verb, group, resource } } })) as { status: { allowed: boolean } }).status.allowed;
    expect(can("create", "apps", "deployments")).toBe(true);
    expect([can("create", "rbac.authorization.k8s.io", "clusterroles"), can("create", "rbac.authorization.k8s.io", "clusterrolebindings"), can("*", "*", "*"), can("create", "", "pods")]).toEqual([false, false, false, false]);
    expect(CLUSTER_PERMISSIONS.some((p) => p.verbs.includes("*" as never) || p.resource === "*")).toBe(false);
  });
  it("of an account without rights says unknown, never missing, of what it may not look at", async () => {
    const { findings } = await checkCluster(by({ kind: "token", token: tokenOf("bare") }), context);
    const status = Object.fromEntries(findings.map((f) => [f.id, f.status]));
    expect([status.reachable, status.version, status.permissions, status.gpu, status.cost]).toEqual(["ok", "ok", "missing", "unknown", "unknown"]);
    for (const f of findings.filter((x) => x.status === "missing" && !x.optional)) expect(f.fix, f.id).not.toBeNull();
  });
  it("of a cluster that is away is one finding, and forgets nothing that was known", async () => {
    expect(await checkCluster(by({ kind: "token", token: "x" }, { server: "https://127.0.0.1:24998" }), context)).toMatchObject({ detected: null, findings: [{ id: "reachable", status: "missing" }] });
  });
});
