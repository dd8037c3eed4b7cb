import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { freePorts } from "@/lib/net/free-ports";
import { buildOpencost, opencostModule } from "@/e2e/cluster/opencost/build-opencost";
import { Program } from "@/e2e/cluster/program";
import { apply, kubectl, ownCluster } from "@/e2e/cluster/under-test";
import { reportProof } from "@/e2e/report-proof";
import { allocationApiSource, allocationUrl, type CostServer } from "@/lib/costs/allocation-api-source";
import { deploymentLabels } from "@/lib/targets/kubernetes/labels";
import { ProcessRecord } from "@/services/supervisor/leftovers";

// A real OpenCost over a real Prometheus that scrapes it and kwok's kubelets. Takes minutes, since OpenCost reckons in whole ones: only in `npm run prove`.
const PROMETHEUS = process.env.SLIPWAY_TEST_PROMETHEUS ?? "/usr/bin/prometheus";
const minutes = Number(process.env.PROVE_OPENCOST ?? 0);
const FIXTURE = path.resolve(import.meta.dirname, "../../../lib/costs/__fixtures__/opencost-1.108.0.json");
const NAMESPACE = "oc-harbour";
const [PROJECT, ON_DEMAND, SPOT, FOREIGN] = ["0198a000-0000-7000-8000-0000000000aa", "0198a000-0000-7000-8000-000000000001", "0198a000-0000-7000-8000-000000000002", "0198a000-0000-7000-8000-000000000003"];
const NODES = [{ name: "oc-on-demand", type: "m5.xlarge", capacity: "on-demand" }, { name: "oc-spot", type: "m5.xlarge", capacity: "spot" }];

const dir = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-opencost-"));
const programs: Program[] = [];
let server: CostServer;

const nodeOf = (n: (typeof NODES)[number]) => ({
  apiVersion: "v1", kind: "Node",
  metadata: { name: n.name, annotations: { "kwok.x-k8s.io/node": "fake" }, labels: { "kubernetes.io/hostname": n.name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64", "node.kubernetes.io/instance-type": n.type, "topology.kubernetes.io/region": "us-east-1", "topology.kubernetes.io/zone": "us-east-1a", "karpenter.sh/capacity-type": n.capacity } },
  spec: { taints: [{ key: "opencost", value: "true", effect: "NoSchedule" }] },
});
const SIZE = { cpu: "4", memory: "16Gi", pods: "50", "ephemeral-storage": "50Gi" };
const podOf = (name: string, node: string, labels: Record<string, string>) => ({
  apiVersion: "v1", kind: "Pod", metadata: { name, namespace: NAMESPACE, labels, annotations: { "kwok.x-k8s.io/usage-cpu": "500m", "kwok.x-k8s.io/usage-memory": "1Gi" } },
  spec: { nodeSelector: { "kubernetes.io/hostname": node }, tolerations: [{ operator: "Exists" }], containers: [{ name: "server", image: "model:1", resources: { requests: { cpu: "2", memory: "4Gi" }, limits: { memory: "4Gi" } } }] },
});
const labels = (id: string, instance = "sabcdefg") => deploymentLabels({ id, project: "harbour", projectId: PROJECT!, deployment: "vad" }, { instance });

describe.skipIf(minutes === 0 || !inject("cluster").own)("OpenCost, built from its source, over Prometheus", () => {
  beforeAll(async () => {
    if (!fs.existsSync(PROMETHEUS)) throw new Error("Prometheus is not here: install it, or name it by SLIPWAY_TEST_PROMETHEUS.");
    const binary = buildOpencost();
    apply(...NODES.map(nodeOf));
    for (const n of NODES) kubectl(["patch", "node", n.name, "--subresource=status", "--type=merge", "-p", JSON.stringify({ status: { capacity: SIZE, allocatable: SIZE } })]);
    apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } }, podOf("vad-on-demand", NODES[0]!.name, labels(ON_DEMAND!)), podOf("vad-spot", NODES[1]!.name, labels(SPOT!)), podOf("vad-foreign", NODES[1]!.name, labels(FOREIGN!, "sotherxx")));
    kubectl(["wait", "--for=condition=Ready", "pod", "--all", "-n", NAMESPACE, "--timeout=90s"]);

    const [api, prom] = await freePorts(2) as [number, number];
    const own = ownCluster();
    const kwok = kubectl(["get", "node", "static-0", "-o", "jsonpath={.status.daemonEndpoints.kubeletEndpoint.Port}"]);
    fs.writeFileSync(path.join(dir, "prometheus.yml"), JSON.stringify({
      global: { scrape_interval: "5s" },
      scrape_configs: [
        { job_name: "opencost", honor_labels: true, static_configs: [{ targets: [`127.0.0.1:${api}`] }] },
        ...NODES.map((n) => ({ job_name: `kubelet-${n.name}`, scheme: "https", tls_config: { insecure_skip_verify: true }, metrics_path: `/metrics/nodes/${n.name}/metrics/resource`, static_configs: [{ targets: [`127.0.0.1:${kwok}`], labels: { instance: n.name } }] })),
      ],
    }));
    const record = new ProcessRecord(path.join(dir, "processes.json"));
    const start = (name: string, file: string, args: string[], env = {}) => {
      const program = new Program({ name, file, args, env, logFile: path.join(dir, `${name}.log`), record });
      program.start();
      programs.push(program);
    };
    start("prometheus", PROMETHEUS, [`--config.file=${path.join(dir, "prometheus.yml")}`, `--storage.tsdb.path=${path.join(dir, "tsdb")}`, `--web.listen-address=127.0.0.1:${prom}`]);
    const config = path.join(dir, "config");
    fs.mkdirSync(config);
    fs.copyFileSync(path.join(opencostModule().dir, "configs/default.json"), path.join(config, "default.json"));
    fs.chmodSync(path.join(config, "default.json"), 0o600);
    start("opencost", binary, ["cost-model"], {
      KUBECONFIG_PATH: own.adminKubeconfig, KUBECONFIG: own.adminKubeconfig, CONFIG_PATH: config, API_PORT: String(api), PROMETHEUS_SERVER_ENDPOINT: `http://127.0.0.1:${prom}`, CLUSTER_ID: "slipway-test", EMIT_KSM_V1_METRICS: "true",
      EMIT_POD_ANNOTATIONS_METRIC: "false", CLOUD_COST_ENABLED: "false", CACHE_WARMING_ENABLED: "false", KUBECOST_NAMESPACE: "default", LOG_LEVEL: "info", ETL_RESOLUTION_SECONDS: "60", RESOLUTION_SECONDS: "60",
    });
    server = { kind: "opencost", url: `http://127.0.0.1:${api}`, header: null, instance: "sabcdefg" };
    await sleep(minutes * 60_000);
  }, 3_600_000);
  afterAll(async () => {
    for (const program of [...programs].reverse()) await program.stop();
    kubectl(["delete", "namespace", NAMESPACE, "--wait=false"]);
    kubectl(["delete", "node", ...NODES.map((n) => n.name)]);
    if (process.env.KEEP_OPENCOST) console.log(`kept: ${dir}`);
    else fs.rmSync(dir, { recursive: true, force: true });
  });

  it("answers what the reader understands: our deployments, idle and foreign workloads apart", async () => {
    const to = new Date(Math.floor(Date.now() / 60_000) * 60_000);
    const from = new Date(Math.max(to.getTime() - minutes * 60_000, Math.floor(to.getTime() / 86_400_000) * 86_400_000));
    const url = allocationUrl(server, from, to);
    const raw = await (await fetch(url)).text();
    if (process.env.RECORD_OPENCOST) fs.writeFileSync(FIXTURE, `${JSON.stringify({ recorded: new Date().toISOString(), version: opencostModule().version, prometheus: PROMETHEUS, query: new URL(url).search, answer: JSON.parse(raw) as unknown }, null, 1)}\n`);
    const { allocations, covered, source } = await allocationApiSource(server).allocations({ window: { from, to }, now: new Date() });
    const told = Object.fromEntries(allocations.map((a) => [a.deploymentId ?? a.kind, a]));
    expect(source).toBe("OpenCost");
    expect(Object.keys(told).sort()).toEqual(expect.arrayContaining([ON_DEMAND, SPOT, "idle"]));
    expect(told[FOREIGN!]).toBeUndefined();
    expect(told[ON_DEMAND!]!.total).toBeGreaterThan(0);
    expect(told[ON_DEMAND!]!.projectId).toBe(PROJECT);
    expect(covered.to.getTime()).toBeGreaterThan(from.getTime());
    reportProof(`OpenCost ${opencostModule().version} over ${minutes} minutes: ${allocations.length} allocations, USD ${told[ON_DEMAND!]!.total} and ${told[SPOT!]!.total} for two equal deployments`);
  });
});
