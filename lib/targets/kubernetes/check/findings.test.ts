import { describe, expect, it } from "vitest";
import type { ClusterFacts, NodeFact, Workload } from "@/lib/targets/kubernetes/check/facts";
import { detect } from "@/lib/targets/kubernetes/check/detect";
import { findingsOf, type CheckContext } from "@/lib/targets/kubernetes/check/findings";
import { quotaFinding } from "@/lib/targets/eks/check-eks";
import { awsProblem } from "@/lib/targets/eks/aws-problem";
import { whyUnreachable } from "@/lib/targets/kubernetes/why-unreachable";

const facts = (o: Partial<ClusterFacts> = {}): ClusterFacts => ({ version: "v1.36.1", user: "system:serviceaccount:a:b", groups: new Set(["apps"]), staleGroups: new Set(), argoResources: [], denied: [], workloads: [], services: [], nodes: [], gateways: [], nodePools: [], ingressClasses: [], ...o });
const context: CheckContext = { provider: "kubernetes", clusterName: null, region: null, credentialExpiresAt: null, now: new Date("2026-11-27T00:00:00Z") };
const of = (id: string, f: Partial<ClusterFacts> = {}, c: Partial<CheckContext> = {}) => findingsOf(facts(f), { ...context, ...c }).find((x) => x.id === id);
const workload = (name: string, o: Partial<Workload> = {}): Workload => ({ kind: "Deployment", namespace: "kube-system", name, labels: {}, images: [`registry/${name}:v1.14.0`], ready: 1, wanted: 1, ...o });
const node = (o: Partial<NodeFact> = {}): NodeFact => ({ name: "n", instanceType: null, region: null, architecture: "amd64", capacityType: null, providerAws: false, gpus: 0, gpuProduct: null, managedByKarpenter: false, ...o });

describe("what a check finds", () => {
  it("tells there, down, defined but not running, and not known apart", () => {
    expect(of("karpenter", { groups: new Set(["karpenter.sh"]), workloads: [workload("karpenter")], nodePools: [{ name: "a", ready: true }] })).toMatchObject({ status: "ok", detail: "Version 1.14.0. 1 of 1 NodePools are ready." });
    expect(of("karpenter", { groups: new Set(["karpenter.sh"]), workloads: [workload("karpenter", { ready: 0 })] })).toMatchObject({ status: "warning", fix: expect.stringMatching(/logs deployment\/karpenter/) });
    expect(of("karpenter", { groups: new Set(["karpenter.sh"]) })).toMatchObject({ status: "warning" });
    expect(of("karpenter", {}, { provider: "eks-auto" })).toMatchObject({ status: "ok" });
    expect(of("keda", { groups: new Set(["keda.sh"]) })).toMatchObject({ status: "missing", optional: true, fix: expect.stringMatching(/helm/) });
    expect(of("keda", { groups: new Set(["keda.sh"]), workloads: [workload("keda-operator")] })).toMatchObject({ status: "ok" });
    expect(of("metrics-server", { groups: new Set(["metrics.k8s.io"]), staleGroups: new Set(["metrics.k8s.io"]) })).toMatchObject({ status: "warning", fix: expect.any(String) });
    expect(of("cost", { workloads: { unread: "Slipway may not list deployments there." } })).toMatchObject({ status: "unknown", fix: null });
    expect(of("gpu", { nodes: [node({ gpus: 4 })] })).toMatchObject({ status: "ok", detail: expect.stringMatching(/^4 GPUs/) });
    expect(of("version", { version: "v1.28.3" })).toMatchObject({ status: "warning" });
    expect(of("version", { version: "weird" })).toMatchObject({ status: "unknown" });
  });
  it("warns before credentials end", () => {
    const at = (credentialExpiresAt: string | null) => of("credentials", {}, { credentialExpiresAt })?.status;
    expect([at(null), at("2027-11-27T00:00:00Z"), at("2026-12-01T00:00:00Z"), at("2026-11-01T00:00:00Z")]).toEqual([undefined, "ok", "warning", "warning"]);
  });
  it("detects only what is certain: a region of EC2 nodes, an architecture they share, a programmed gateway", () => {
    expect(detect(facts({ nodes: [node({ region: "eu-west-1", providerAws: true }), node({ region: "eu-west-1", providerAws: true })] }), context)).toMatchObject({ region: "eu-west-1", architecture: "amd64", nodes: "any" });
    expect(detect(facts({ nodes: [node({ region: "europe-west1" }), node({ architecture: "arm64" })] }), context)).not.toHaveProperty("region");
    expect(detect(facts({ nodes: [node({ architecture: "arm64" }), node()] }), context)).not.toHaveProperty("architecture");
    const gateway = { namespace: "gw", name: "eg", className: "eg", programmed: true, hostname: "models.example.com", address: null };
    expect(detect(facts({ gateways: [gateway] }), context).ingress).toEqual({ kind: "gateway", gatewayName: "eg", gatewayNamespace: "gw", hostname: "models.example.com" });
    // What a cluster says is a stranger's word.
    expect(detect(facts({ gateways: [{ ...gateway, hostname: "x\" onload=", name: "../.." }] }), context)).not.toHaveProperty("ingress");
  });
});

describe("the account's GPU quota", () => {
  const reading = (family: string, capacity: string, vcpus: number | null) => ({ code: `L-${family}${capacity}`, family, capacity, vcpus, problem: vcpus === null ? "AWS refuses." : null });
  it("is missing at zero, with the command that asks for more, and unknown where it cannot be read", () => {
    expect(quotaFinding([reading("G and VT", "spot", 0), reading("P", "spot", 0)], "eu-west-1")).toMatchObject({ status: "missing", fix: expect.stringMatching(/request-service-quota-increase.*L-G and VTspot.*--region eu-west-1/) });
    expect(quotaFinding([reading("G and VT", "spot", 0), reading("P", "spot", 96)], "eu-west-1")).toMatchObject({ status: "warning" });
    expect(quotaFinding([reading("G and VT", "spot", 8), reading("P", "spot", 0)], "eu-west-1")).toMatchObject({ status: "ok" });
    expect(quotaFinding([reading("G and VT", "spot", null)], "eu-west-1")).toMatchObject({ status: "unknown", fix: expect.stringMatching(/get-service-quota/) });
  });
});

describe("errors in words", () => {
  it.each([["AccessDeniedException", "denied"], ["UnrecognizedClientException", "invalid_credentials"], ["ExpiredTokenException", "expired"], ["CredentialsProviderError", "no_credentials"], ["ThrottlingException", "throttled"], ["ResourceNotFoundException", "not_found"], ["Strange<script>", "failed"]])("AWS's %s is %s, without AWS's own text", (name, code) => {
    const problem = awsProblem(Object.assign(new Error("arn:aws:iam::123456789012:user/secret-name"), { name }), "eks:ListClusters");
    expect(problem.code).toBe(code);
    expect(problem.message).not.toMatch(/123456789012|</);
  });
  it.each([["ENOTFOUND", "dns"], ["ECONNREFUSED", "refused"], ["UND_ERR_CONNECT_TIMEOUT", "timeout"], ["ETIMEDOUT", "timeout"], ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls"], ["ERR_TLS_CERT_ALTNAME_INVALID", "tls"], ["CERT_HAS_EXPIRED", "tls"], ["ECONNRESET", "network"]])("%s of an API server is %s, wherever in the chain it stands", (code, kind) => {
    const cause = Object.assign(new Error("x"), { code });
    expect(whyUnreachable(new TypeError("fetch failed", { cause: new AggregateError([cause]) }), "k:6443")).toMatchObject({ kind, message: expect.stringMatching(/k:6443/) });
  });
});
