import type { KubeClient } from "@/lib/targets/kubernetes/client";
import { type KindName, KINDS } from "@/lib/targets/kubernetes/kinds";
import { LABEL } from "@/lib/targets/kubernetes/labels";
import { selectorOf } from "@/lib/targets/kubernetes/selector";
import type { Metadata } from "@/lib/targets/kubernetes/objects";
import { WATCHED } from "@/lib/targets/kubernetes/read-cluster";
import { watchKind, type WatchStats } from "@/lib/targets/kubernetes/watch";
import type { Changes } from "@/lib/targets/target";

const KEEP = 20_000;

/**
 * Which deployments changed, by the watches of every kind that Slipway makes. It is asked with a cursor; a cursor of another process, or
 * one that is too old, gets "look at everything". Starts with the first question.
 */
export class ChangeWatch {
  readonly stats: WatchStats & { /** Changes that a list found and no watch had told. */ missed: number } = { connects: 0, expired: 0, silences: 0, failures: 0, missed: 0 };
  private readonly epoch = `${process.pid}-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  private sequence = 0;
  private everythingAt = 0;
  private readonly changed = new Map<string, number>();
  private readonly versions = new Map<string, string>();
  private readonly generations = new Map<string, number>();
  private unseen = new Map<string, string>();
  private readonly wakes = new Set<() => void>();
  private controller: AbortController | null = null;

  constructor(private readonly client: KubeClient, private readonly instance: string, /** `maybeDrifted`: something that is applied may be another than it was, not only its state. */ private readonly onChanged: (id: string, kind: KindName, maybeDrifted: boolean) => void = () => undefined, private readonly silentMs?: number) {}

  changes(since: string | null): Changes {
    this.start();
    const cursor = `${this.epoch}:${this.sequence}`;
    const [epoch, at] = (since ?? "").split(":");
    const from = Number(at);
    if (epoch !== this.epoch || !Number.isInteger(from) || from < this.everythingAt) return { cursor, ids: null };
    return { cursor, ids: [...this.changed].filter(([, n]) => n > from).map(([id]) => id) };
  }

  onChange(wake: () => void): () => void {
    this.wakes.add(wake);
    this.start();
    return () => this.wakes.delete(wake);
  }

  /**
   * Holds a whole list against what the watches told. Something counts as missed when the list before already had this version of it
   * and no watch has told it since: a watch may be a moment late.
   */
  compare(listed: Iterable<Metadata>): void {
    if (!this.controller) return;
    const unseen = new Map<string, string>();
    for (const m of listed) {
      if (!m.uid || !m.resourceVersion || this.versions.get(m.uid) === undefined) continue;
      if (this.versions.get(m.uid) === m.resourceVersion) continue;
      if (this.unseen.get(m.uid) === m.resourceVersion) this.stats.missed++;
      else unseen.set(m.uid, m.resourceVersion);
    }
    this.unseen = unseen;
  }

  stop(): void {
    this.controller?.abort();
    this.controller = null;
    this.wakes.clear();
  }

  private start(): void {
    if (this.controller) return;
    const { signal } = (this.controller = new AbortController());
    for (const name of WATCHED) {
      const hooks = { onObject: (m: Metadata, gone: boolean) => this.note(m, name, name !== "Pod" && (gone || this.isAnother(m))), onGap: () => this.gap() };
      void watchKind(this.client, KINDS[name], selectorOf(this.instance), hooks, signal, this.stats, this.silentMs);
    }
  }

  /** A status alone leaves the generation as it is; what has none (Services, Secrets) may have changed at each event. */
  private isAnother(m: Metadata): boolean {
    if (!m.uid || m.generation === undefined || this.generations.get(m.uid) === m.generation) return m.generation === undefined;
    if (this.generations.size > KEEP * 5) this.generations.clear();
    this.generations.set(m.uid, m.generation);
    return true;
  }

  private note(m: Metadata, kind: KindName, maybeDrifted: boolean): void {
    if (m.uid && m.resourceVersion) {
      if (this.versions.size > KEEP * 5) this.versions.clear();
      this.versions.set(m.uid, m.resourceVersion);
    }
    const id = m.labels?.[LABEL.deploymentId];
    if (!id) return;
    this.changed.delete(id);
    this.changed.set(id, ++this.sequence);
    if (this.changed.size > KEEP) this.gap();
    this.onChanged(id, kind, maybeDrifted);
    this.wake();
  }

  private gap(): void {
    this.everythingAt = ++this.sequence;
    this.changed.clear();
    this.wake();
  }

  private wake(): void {
    for (const wake of this.wakes) wake();
  }
}
