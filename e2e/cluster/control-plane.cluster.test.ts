import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { afterAll, beforeAll, expect } from "vitest";
import { buildControlPlane } from "@/e2e/cluster/build";
import { ControlPlane } from "@/e2e/cluster/control-plane";
import { eventually } from "@/e2e/cluster/eventually";
import { FAULT_VARIABLE, type Fault } from "@/e2e/cluster/stages";
import { apply, kubectl, kubectlJson, kwokTest } from "@/e2e/cluster/under-test";

// What the other suites stand on: that this is a control plane, and that its nodes and pods behave as real ones do.
const namespace = `harness-${randomUUID().slice(0, 8)}`;
type Pod = { metadata: { name: string }; spec: { nodeName?: string }; status: { phase: string; conditions?: { type: string; status: string; message?: string }[]; containerStatuses?: { restartCount: number; ready: boolean; state: { waiting?: { reason: string } }; lastState?: { terminated?: { reason: string; exitCode: number } } }[]; initContainerStatuses?: { lastState?: { terminated?: { exitCode: number } } }[] } };
const pods = (app: string) => kubectlJson<{ items: Pod[] }>(["get", "pods", "-n", namespace, "-l", `app=${app}`]).items;

function deployment(name: string, o: { gpus?: number; fault?: Fault; replicas?: number; cpuUse?: string } = {}) {
  return {
    apiVersion: "apps/v1", kind: "Deployment", metadata: { name, namespace },
    spec: {
      replicas: o.replicas ?? 1, selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name }, annotations: o.cpuUse ? { "kwok.x-k8s.io/usage-cpu": o.cpuUse } : {} },
        spec: {
          tolerations: [{ key: "nvidia.com/gpu", operator: "Exists" }], initContainers: [{ name: "fetch", image: "fetch:1", resources: { requests: { cpu: "1" } } }],
          containers: [{ name: "server", image: "server:1", env: o.fault ? [{ name: FAULT_VARIABLE, value: o.fault }] : [], resources: { requests: { cpu: "1" }, limits: o.gpus ? { "nvidia.com/gpu": o.gpus } : {} } }],
        },
      },
    },
  };
}

beforeAll(() => void kubectl(["create", "namespace", namespace]));
afterAll(() => void kubectl(["delete", "namespace", namespace, "--wait=false"]));

kwokTest("a pod that asks for a GPU runs on a node that Karpenter's provider made for it", async () => {
  apply(deployment("gpu", { gpus: 1 }));
  const pod = await eventually(() => {
    const [one] = pods("gpu");
    expect(one?.status.conditions).toContainEqual(expect.objectContaining({ type: "Ready", status: "True" }));
    return one!;
  });
  const node = kubectlJson<{ metadata: { labels: Record<string, string> } }>(["get", "node", pod.spec.nodeName!]);
  expect(node.metadata.labels).toMatchObject({ "karpenter.sh/nodepool": "gpu-spot", "karpenter.sh/capacity-type": "spot" });
  expect(kubectlJson(["get", "nodeclaims", "-l", "karpenter.sh/nodepool=gpu-spot"]).items.length).toBeGreaterThan(0);
});

kwokTest("more GPUs than any machine has stay unscheduled, in the scheduler's words", async () => {
  apply(deployment("too-many", { gpus: 32 }));
  await eventually(() => expect(pods("too-many")[0]?.status.conditions).toContainEqual(expect.objectContaining({ type: "PodScheduled", status: "False", message: expect.stringContaining("Insufficient nvidia.com/gpu") })));
});

kwokTest("a HorizontalPodAutoscaler scales by what metrics-server measures", async () => {
  apply(deployment("hpa", { cpuUse: "900m" }), {
    apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name: "hpa", namespace },
    spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "hpa" }, minReplicas: 1, maxReplicas: 3, metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } } }] },
  });
  await eventually(() => expect(pods("hpa")).toHaveLength(3), 180);
  kubectl(["annotate", "pods", "-n", namespace, "-l", "app=hpa", "kwok.x-k8s.io/usage-cpu=10m", "--overwrite"]);
  await eventually(() => expect(pods("hpa")).toHaveLength(1), 180);
});

kwokTest("each fault shows in a pod's status as a kubelet shows it", async () => {
  const faults: Fault[] = ["crash", "oom", "image", "init", "unready"];
  apply(...faults.map((fault) => deployment(`fault-${fault}`, { fault })));
  const first = (fault: Fault) => pods(`fault-${fault}`)[0]!.status;
  await eventually(() => {
    expect(first("crash").containerStatuses?.[0]).toMatchObject({ ready: false, state: { waiting: { reason: "CrashLoopBackOff" } }, lastState: { terminated: { reason: "Error", exitCode: 1 } } });
    expect(first("crash").containerStatuses?.[0]?.restartCount).toBeGreaterThan(1);
    expect(first("oom").containerStatuses?.[0]).toMatchObject({ lastState: { terminated: { reason: "OOMKilled", exitCode: 137 } } });
    expect(first("image").containerStatuses?.[0]).toMatchObject({ state: { waiting: { reason: "ImagePullBackOff" } } });
    expect(first("init").initContainerStatuses?.[0]).toMatchObject({ lastState: { terminated: { exitCode: 3 } } });
    expect(first("unready")).toMatchObject({ phase: "Running", containerStatuses: [{ ready: false }] });
  });
  // Events are written beside the states, sooner or later than they are.
  await eventually(() => expect(kubectlJson<{ items: { reason: string }[] }>(["get", "events", "-n", namespace]).items.map((e) => e.reason)).toEqual(expect.arrayContaining(["BackOff", "Failed", "Unhealthy"])));
});

kwokTest("a container's log is read through the API server, its previous one too", async () => {
  apply(deployment("speaks"));
  await eventually(() => expect(pods("speaks")[0]?.status.containerStatuses?.[0]?.ready).toBe(true));
  expect(kubectl(["logs", "-n", namespace, "deployment/speaks", "-c", "server", "--tail=1", "--timestamps"])).toMatch(/^\d{4}-\S+Z ready\n$/);
  expect(kubectl(["logs", "-n", namespace, "deployment/speaks", "-c", "server", "--previous"])).toContain("the graph has a cycle");
});

kwokTest("a control plane ends with the process that started it, kill -9 included", async () => {
  const root = path.resolve(import.meta.dirname, "../..");
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/cluster.ts"], { cwd: root, stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, KUBECONFIG: "" } });
  let dir = "";
  for await (const line of readline.createInterface({ input: child.stdout })) {
    const found = /KUBECONFIG=(.*)\/slipway\.kubeconfig/.exec(line);
    if (found) dir = found[1]!;
    if (dir) break;
  }
  const running = JSON.parse(fs.readFileSync(path.join(dir, "processes.json"), "utf8")) as { pid: number }[];
  expect(running).toHaveLength(7);
  child.kill("SIGKILL");
  await eventually(() => expect(running.filter(({ pid }) => isRunning(pid))).toEqual([]));
  fs.rmSync(dir, { recursive: true });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(fs.readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}

kwokTest("an API server that was killed and started again answers 410 to a watch from before", async () => {
  const plane = await ControlPlane.start(await buildControlPlane(() => undefined));
  try {
    const before = (JSON.parse(plane.kubectl(["get", "--raw", "/api/v1/namespaces/default/configmaps"])) as { metadata: { resourceVersion: string } }).metadata.resourceVersion;
    for (let i = 0; i < 3; i++) plane.create([{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c", namespace: "default" }, data: { i: String(i) } }]);
    await plane.restartApiserver();
    const watched = () => plane.kubectl(["get", "--raw", `/api/v1/namespaces/default/configmaps?watch=true&timeoutSeconds=5&resourceVersion=${before}`]);
    const answer = await eventually(() => (JSON.parse(watched().split("\n")[0]!) as { object: { code: number; reason: string } }).object);
    expect(answer).toMatchObject({ code: 410, reason: "Expired" });
    expect(plane.kubectl(["get", "configmap", "c", "-o", "jsonpath={.data.i}"])).toBe("2");
  } finally {
    await plane.stop();
  }
});
