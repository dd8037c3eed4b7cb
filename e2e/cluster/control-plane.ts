import { spawnSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import fs from "node:fs";
import https from "node:https";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import * as argument from "@/e2e/cluster/arguments";
import type { Build } from "@/e2e/cluster/build";
import { freePorts } from "@/lib/net/free-ports";
import { instanceTypes } from "@/e2e/cluster/instance-types";
import { platformObjects, staticNode } from "@/e2e/cluster/objects";
import { Program } from "@/e2e/cluster/program";
import { stages } from "@/e2e/cluster/stages";
import { isAlive } from "@/lib/db/embedded/postmaster";
import { ProcessRecord } from "@/services/supervisor/leftovers";

const PREFIX = "slipway-cluster-";
const DEADLINE_MS = 120_000;

/** Who may speak to the API server: `slipway` is the one the suite's product uses, and the one the audit log counts. */
const USERS = {
  admin: { name: "admin", groups: "system:masters" },
  slipway: { name: "slipway", groups: "system:masters" },
  nobody: { name: "nobody", groups: "nobodies" },
  controllers: { name: "system:kube-controller-manager", groups: "system:masters" },
  scheduler: { name: "system:kube-scheduler", groups: "system:kube-scheduler" },
} as const;
export type ClusterUser = keyof typeof USERS;

/** A real control plane on loopback. Its nodes and pods are kwok's: they have states and run nothing. */
export class ControlPlane {
  private readonly programs = new Map<string, Program>();
  private readonly record: ProcessRecord;
  private readonly files: argument.Files;

  private constructor(private readonly build: Build, private readonly dir: string, private readonly ports: argument.Ports) {
    this.record = new ProcessRecord(path.join(dir, "processes.json"));
    this.files = { dir, pki: (name) => path.join(dir, "pki", name), kubeconfig: (user) => path.join(dir, `${user}.kubeconfig`) };
  }

  /** Starts one and waits until it schedules pods. `print` tells each step. */
  static async start(build: Build, print: (line: string) => void = () => undefined): Promise<ControlPlane> {
    await endEarlierRuns();
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), PREFIX));
    fs.writeFileSync(path.join(dir, "owner.pid"), String(process.pid));
    const [etcd, etcdPeer, api, kwok, karpenter, metricsServer] = await freePorts(6) as [number, number, number, number, number, number];
    const plane = new ControlPlane(build, dir, { etcd, etcdPeer, api, kwok, karpenter, metricsServer });
    try {
      await plane.up(print);
    } catch (error) {
      await plane.stop();
      throw error;
    }
    return plane;
  }

  get url(): string {
    return `https://127.0.0.1:${this.ports.api}`;
  }

  get auditLog(): string {
    return path.join(this.dir, "audit.log");
  }

  /** Folder of ca.crt and of server.crt and server.key, which hold for any server on loopback. */
  get pki(): string {
    return path.join(this.dir, "pki");
  }

  /** What every container of every pod says; a test may append lines "RFC3339 stdout F text". */
  get containerLog(): string {
    return path.join(this.dir, "container.log");
  }

  kubeconfig(user: ClusterUser = "slipway"): string {
    return this.files.kubeconfig(user);
  }

  /** kubectl as admin. Throws what it said on an error. */
  kubectl(args: string[], input?: string): string {
    const result = spawnSync(this.build.bin("kubectl"), ["--kubeconfig", this.kubeconfig("admin"), "--cache-dir", path.join(this.dir, "discovery"), ...args], { encoding: "utf8", input, maxBuffer: 1 << 28 });
    if (result.status !== 0) throw new Error(`kubectl ${args.join(" ")}: ${result.stderr.trim()}`);
    return result.stdout;
  }

  create(objects: object[]): void {
    this.kubectl(["apply", "--server-side", "-f", "-"], JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
  }

  program(name: string): Program {
    const program = this.programs.get(name);
    if (!program) throw new Error(`there is no program ${name}: ${[...this.programs.keys()].join(", ")}`);
    return program;
  }

  /** The API server killed and started anew: every watch is cut, and none can be resumed from where it was. */
  async restartApiserver(): Promise<void> {
    await this.program("kube-apiserver").kill();
    this.program("kube-apiserver").start();
    await this.until("kube-apiserver", () => this.get("/readyz"));
  }

  async stop(): Promise<void> {
    // The clients first: they would only complain.
    for (const program of [...this.programs.values()].reverse()) await program.stop();
    fs.rmSync(this.dir, { recursive: true, force: true, maxRetries: 3 });
  }

  private async up(print: (line: string) => void): Promise<void> {
    const began = performance.now();
    const { files: f, ports: p } = this;
    this.writeFiles();
    this.run("etcd", argument.etcdArguments(f, p));
    this.run("kube-apiserver", argument.apiserverArguments(f, p));
    await this.until("kube-apiserver", () => this.get("/readyz"));
    print(`  API server     ${this.url}`);
    this.run("kube-controller-manager", argument.controllerManagerArguments(f));
    this.run("kube-scheduler", argument.schedulerArguments(f));
    this.kubectl(["apply", "--server-side", "-f", path.join(this.build.dir, "crds")]);
    this.kubectl(["wait", "--for=condition=Established", "crd", "--all", "--timeout=180s"]);
    this.create([...stages(this.build.files("stages")) as object[], ...platformObjects(p, fs.readFileSync(f.pki("ca.crt")).toString("base64"), { now: this.containerLog, previous: path.join(this.dir, "previous.log") })]);
    this.kubectl(["apply", "--server-side", "-f", path.join(this.build.dir, "usage")]);
    this.run("kwok", argument.kwokArguments(f, p));
    this.run("karpenter-kwok", [], argument.karpenterEnvironment(f, p));
    this.run("metrics-server", argument.metricsServerArguments(f, p));
    this.kubectl(["create", "-f", "-"], JSON.stringify(staticNode));
    this.kubectl(["patch", "node", staticNode.metadata.name, "--subresource=status", "--type=merge", "-p", JSON.stringify({ status: staticNode.status })]);
    await this.until("kube-controller-manager", () => this.get("/api/v1/namespaces/default/serviceaccounts/default"));
    await this.until("kwok", async () => this.kubectl(["get", "node", staticNode.metadata.name, "-o", 'jsonpath={.status.conditions[?(@.type=="Ready")].status}']) === "True");
    await this.until("karpenter-kwok", () => fetch(`http://127.0.0.1:${p.karpenter}/readyz`).then((r) => r.ok, () => false));
    print(`  control plane  ready in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }

  private run(name: string, args: string[], env: Record<string, string> = {}): void {
    const program = new Program({ name, file: this.build.bin(name), args, env, logFile: path.join(this.dir, `${name}.log`), record: this.record });
    this.programs.set(name, program);
    program.start();
  }

  private async until(name: string, ok: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + DEADLINE_MS;
    while (!(await ok())) {
      const failure = [...this.programs.values()].map((program) => program.failure()).find((reason) => reason !== null);
      if (failure) throw new Error(failure);
      if (Date.now() > deadline) throw new Error(`${name} is not ready after ${DEADLINE_MS / 1000} s:\n${this.program(name).log().slice(-3000)}`);
      await sleep(100);
    }
  }

  private get(url: string): Promise<boolean> {
    return new Promise((resolve) => {
      const request = https.get(`${this.url}${url}`, { ca: fs.readFileSync(this.files.pki("ca.crt")), headers: { authorization: `Bearer ${this.tokens.admin}` }, agent: false, timeout: 5_000 }, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      });
      request.once("timeout", () => request.destroy()).once("error", () => resolve(false));
    });
  }

  private readonly tokens = Object.fromEntries(Object.keys(USERS).map((user) => [user, randomBytes(24).toString("base64url")])) as Record<ClusterUser, string>;

  private writeFiles(): void {
    const write = (name: string, text: string) => fs.writeFileSync(path.join(this.dir, name), text, { mode: 0o600 });
    const pki = path.join(this.dir, "pki");
    fs.mkdirSync(pki);
    const made = spawnSync(this.build.bin("pki"), [pki, "metrics-server.kube-system.svc"], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(`pki: ${made.stderr}`);
    const keys = generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding: { type: "spki", format: "pem" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } });
    write("pki/service-account.pub", keys.publicKey);
    write("pki/service-account.key", keys.privateKey);
    const at = new Date().toISOString();
    write("container.log", ["stdout F loading model.onnx", "stderr F warning: no GPU found, using cpu", "stdout F ready"].map((line) => `${at} ${line}\n`).join(""));
    write("previous.log", `${at} stderr F onnx: the graph has a cycle at node 7\n`);
    write("audit-policy.yaml", JSON.stringify(argument.auditPolicy));
    write("scheduler.yaml", JSON.stringify(argument.schedulerConfiguration(this.files)));
    write("instance-types.json", JSON.stringify(instanceTypes()));
    write("tokens.csv", Object.entries(USERS).map(([user, { name, groups }]) => `${this.tokens[user as ClusterUser]},${name},${name},"${groups}"`).join("\n"));
    for (const user of Object.keys(USERS) as ClusterUser[]) write(`${user}.kubeconfig`, this.kubeconfigOf(user));
  }

  private kubeconfigOf(user: ClusterUser): string {
    const ca = fs.readFileSync(this.files.pki("ca.crt")).toString("base64");
    return stringify({
      apiVersion: "v1", kind: "Config", "current-context": "test",
      clusters: [{ name: "test", cluster: { server: this.url, "certificate-authority-data": ca } }],
      users: [{ name: user, user: { token: this.tokens[user] } }],
      contexts: [{ name: "test", context: { cluster: "test", user } }],
    });
  }
}

/** A killed run leaves its folder, and where the kernel does not end orphans its programs: the next one takes them away. */
async function endEarlierRuns(): Promise<void> {
  for (const name of fs.readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = path.join(os.tmpdir(), name);
    try {
      if (isAlive(Number(fs.readFileSync(path.join(folder, "owner.pid"), "utf8")))) continue;
      await new ProcessRecord(path.join(folder, "processes.json")).endLeftovers();
      fs.rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another run is just making or removing it, or it is another user's.
    }
  }
}
