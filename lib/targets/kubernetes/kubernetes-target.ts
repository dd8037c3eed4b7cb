import type { KubeConfig } from "@kubernetes/client-node";
import type { Cause } from "@/lib/deployments/diagnosis";
import { anchorOf } from "@/lib/targets/kubernetes/applied-state";
import { appErrorOf } from "@/lib/targets/kubernetes/api-error";
import { applyDeployment, type ApplyContext } from "@/lib/targets/kubernetes/apply";
import { ChangeWatch } from "@/lib/targets/kubernetes/change-watch";
import { KubeClient } from "@/lib/targets/kubernetes/client";
import { collectDiagnosis } from "@/lib/targets/kubernetes/diagnose/collect";
import { diagnosePods } from "@/lib/targets/kubernetes/diagnose/diagnose";
import { ClusterDrain } from "@/lib/targets/kubernetes/drain";
import { driftOf, type Drift } from "@/lib/targets/kubernetes/drift";
import { endpointOf } from "@/lib/targets/kubernetes/endpoint";
import { KINDS } from "@/lib/targets/kubernetes/kinds";
import { refOfLabels } from "@/lib/targets/kubernetes/labels";
import { selectorOf } from "@/lib/targets/kubernetes/selector";
import { namespaceName } from "@/lib/targets/kubernetes/names";
import { readPodLogs } from "@/lib/targets/kubernetes/logs";
import type { KubeObject, Metadata } from "@/lib/targets/kubernetes/objects";
import { ClusterNodePools } from "@/lib/targets/kubernetes/node-pools";
import { observationOf } from "@/lib/targets/kubernetes/observe";
import { planDeployment } from "@/lib/targets/kubernetes/plan";
import { LastLooks } from "@/lib/targets/kubernetes/last-looks";
import { ReadBatch, type Scope } from "@/lib/targets/kubernetes/read-batch";
import { readCluster, readPods, type ClusterState } from "@/lib/targets/kubernetes/read-cluster";
import { removeDeployment } from "@/lib/targets/kubernetes/remove";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import { SharedObjects } from "@/lib/targets/kubernetes/shared-objects";
import type { Changes, DeploymentRef, DeploymentSpec, Diff, Endpoint, Finding, LogLine, LogOptions, NodeDrain, NodePools, Observation, Target } from "@/lib/targets/target";

export type KubernetesTargetDeps = {
  render: (spec: DeploymentSpec, settings: ClusterSettings) => KubeObject[];
  check: () => Promise<Finding[]>;
  /** Keyed: stands for the value of a secret in what is kept on the cluster. */
  digestOf: (value: string) => string;
  now?: () => Date;
  /** For tests: how long a silent watch is believed. */
  silentMs?: number;
};

/** Endpoints hardly ever move, and every prediction through the portal asks for one. */
const ENDPOINT_MS = 5000;

/** A Kubernetes cluster as a target. It keeps nothing that the cluster does not hold: any process may ask, and any may die. */
export class KubernetesTarget implements Target {
  readonly client: KubeClient;
  readonly watch: ChangeWatch;
  readonly nodePools: NodePools;
  readonly drain: NodeDrain;
  private readonly context: ApplyContext;
  private readonly batch: ReadBatch;
  private readonly now: () => Date;
  /** Found by a full look, until the next apply or full look: what is read at every look does not show all of it. */
  private readonly drift = new Map<string, Drift[]>();
  /** Told by a watch since the last full look. */
  private readonly suspects = new Set<string>();
  private readonly looks = new LastLooks();
  private readonly endpoints = new Map<string, { at: number; endpoint: Promise<Endpoint | null> }>();

  constructor(kubeConfig: () => Promise<KubeConfig>, private readonly settings: ClusterSettings, private readonly deps: KubernetesTargetDeps) {
    this.client = new KubeClient(kubeConfig);
    this.now = deps.now ?? (() => new Date());
    this.context = { client: this.client, instance: settings.instance, render: (spec) => deps.render(spec, settings), digestOf: deps.digestOf, shared: new SharedObjects(() => this.now().getTime()) };
    this.watch = new ChangeWatch(this.client, settings.instance, (id, kind, maybeDrifted) => {
      this.looks.note(id, kind === "Pod");
      if (maybeDrifted) this.suspects.add(id);
    }, deps.silentMs);
    this.nodePools = new ClusterNodePools(this.client, settings, (run) => this.ask(run));
    this.drain = new ClusterDrain(this.client, settings, (run) => this.ask(run));
    this.batch = new ReadBatch((ids, scope) => this.read(ids, scope));
  }

  check(): Promise<Finding[]> {
    return this.deps.check();
  }

  plan(spec: DeploymentSpec): Promise<Diff> {
    return this.ask(async () => planDeployment(this.context, (await this.state(spec.ref.id, "core"))?.anchor ?? null, spec));
  }

  apply(spec: DeploymentSpec): Promise<void> {
    return this.ask(async () => {
      this.looks.change(spec.ref.id);
      await applyDeployment(this.context, spec).finally(() => this.looks.change(spec.ref.id));
      this.drift.delete(spec.ref.id);
      this.endpoints.delete(spec.ref.id);
    });
  }

  observe(ref: DeploymentRef): Promise<Observation> {
    return this.ask(async () => {
      const full = this.suspects.delete(ref.id);
      const podsOnly = this.looks.podsOnly(ref.id);
      const state = await this.state(ref.id, full ? "full" : podsOnly ? "pods" : "core");
      if (full && state) this.drift.set(ref.id, driftOf(state, true));
      return observationOf(state, full, this.now(), this.drift.get(ref.id));
    });
  }

  observeAll(): Promise<Map<string, Observation>> {
    return this.ask(async () => {
      this.suspects.clear();
      const keep = this.looks.reading(this.looks.ids());
      const states = await readCluster(this.client, this.settings.instance, null, true);
      keep(states);
      this.watch.compare([...states.values()].flatMap((s) => [...s.metadata.values(), ...s.pods.map((p) => p.metadata)]) satisfies Metadata[]);
      this.drift.clear();
      const now = this.now();
      return new Map([...states].map(([id, state]) => {
        const drift = driftOf(state, true);
        if (drift.length > 0) this.drift.set(id, drift);
        return [id, observationOf(state, true, now)];
      }));
    });
  }

  async changes(since: string | null): Promise<Changes> {
    return this.watch.changes(since);
  }

  onChange(wake: () => void): () => void {
    return this.watch.onChange(wake);
  }

  list(): Promise<DeploymentRef[]> {
    return this.ask(async () => {
      const anchors = await this.client.list<{ metadata: Metadata; data?: Record<string, string> }>(KINDS.ConfigMap, { labelSelector: selectorOf(this.settings.instance) });
      return anchors.flatMap((o) => anchorOf(o) ?? []).filter((a) => !a.metadata.deletionTimestamp).flatMap((a) => refOfLabels(a.metadata.labels) ?? []);
    });
  }

  remove(ref: DeploymentRef): Promise<void> {
    this.looks.change(ref.id);
    return this.ask(() => removeDeployment(this.client, this.settings.instance, ref.id));
  }

  endpoint(ref: DeploymentRef): Promise<Endpoint | null> {
    const known = this.endpoints.get(ref.id);
    if (known && this.now().getTime() - known.at < ENDPOINT_MS) return known.endpoint;
    const endpoint = this.ask(async () => {
      const state = await this.state(ref.id, "core");
      return state ? endpointOf(this.client, state) : null;
    });
    if (this.endpoints.size > 5000) this.endpoints.clear();
    this.endpoints.set(ref.id, { at: this.now().getTime(), endpoint });
    endpoint.catch(() => this.endpoints.delete(ref.id));
    return endpoint;
  }

  diagnose(ref: DeploymentRef): Promise<Cause | null> {
    return this.ask(async () => diagnosePods(await collectDiagnosis(this.client, namespaceName(ref, this.settings), selectorOf(this.settings.instance, [ref.id]))));
  }

  logs(ref: DeploymentRef, options: LogOptions): AsyncIterable<LogLine> {
    return readPodLogs(this.client, this.settings.instance, ref.id, options);
  }

  /** Ends its watches. */
  close(): void {
    this.watch.stop();
  }

  private state(id: string, scope: Scope): Promise<ClusterState | undefined> {
    return this.batch.of(id, scope);
  }

  private async read(ids: string[], scope: Scope): Promise<Map<string, ClusterState>> {
    const keep = this.looks.reading(ids);
    const last = scope === "pods" ? this.looks.of(ids) : null;
    try {
      const states = (last && (await readPods(this.client, this.settings.instance, last))) ?? (await readCluster(this.client, this.settings.instance, ids, scope === "full"));
      keep(states);
      return states;
    } catch (error) {
      // What the watches told of them is taken, and was not looked at.
      for (const id of ids) this.looks.change(id);
      throw error;
    }
  }

  private async ask<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw appErrorOf(error, this.settings.targetSlug);
    }
  }
}
