import { setTimeout as sleep } from "node:timers/promises";
import { isStatus, KubeApiError } from "@/lib/targets/kubernetes/api-error";
import type { KubeClient } from "@/lib/targets/kubernetes/client";
import { type Kind, pathOf } from "@/lib/targets/kubernetes/kinds";
import { linesOf } from "@/lib/targets/kubernetes/lines";
import type { Metadata } from "@/lib/targets/kubernetes/objects";

const METADATA_ONLY = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json;q=0.1";
const LIST_METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json;q=0.1";

/** The server sends a bookmark about once a minute: what is silent for longer is dead, whatever the connection says. */
const SILENT_MS = 75_000;
/** The server ends a watch by then, so that no one lives for ever on one connection. */
const LONGEST_S = 290;
const LEAST_PAUSE_MS = 200;
const MOST_PAUSE_MS = 30_000;
const NOT_SERVED_MS = 5 * 60_000;

export type WatchHooks = {
  /** An object of ours is there, changed or gone. */
  onObject(metadata: Metadata, gone: boolean): void;
  /** It cannot be told what happened meanwhile: look at everything. */
  onGap(): void;
};
export type WatchStats = { connects: number; expired: number; silences: number; failures: number };

/**
 * Watches one kind for ever and says which objects changed: metadata only, since it wakes and is never the truth. Goes on from the last
 * version it has seen after a cut, from the present after 410. Never throws; ends when `signal` does.
 */
export async function watchKind(client: KubeClient, kind: Kind, labelSelector: string, hooks: WatchHooks, signal: AbortSignal, stats: WatchStats, silentMs = SILENT_MS): Promise<void> {
  let version = "";
  let pauseMs = LEAST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      if (version === "") {
        version = await presentVersion(client, kind, labelSelector, signal);
        hooks.onGap();
      }
      stats.connects++;
      version = await follow(client, kind, labelSelector, version, hooks, signal, silentMs, () => (pauseMs = LEAST_PAUSE_MS), stats);
    } catch (error) {
      if (signal.aborted) return;
      if (isStatus(error, 410)) {
        stats.expired++;
        version = "";
        continue;
      }
      stats.failures++;
      pauseMs = kind.optional && isStatus(error, 404) ? NOT_SERVED_MS : Math.min(MOST_PAUSE_MS, pauseMs * 2);
    }
    await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

async function presentVersion(client: KubeClient, kind: Kind, labelSelector: string, signal: AbortSignal): Promise<string> {
  const response = await client.open(pathOf(kind, null), { query: { labelSelector, limit: "1" }, accept: LIST_METADATA, signal });
  return ((await response.json()) as { metadata?: { resourceVersion?: string } }).metadata?.resourceVersion ?? "";
}

/** One connection until it ends; resolves with the version to go on from. */
async function follow(client: KubeClient, kind: Kind, labelSelector: string, from: string, hooks: WatchHooks, signal: AbortSignal, silentMs: number, alive: () => void, stats: WatchStats): Promise<string> {
  const own = new AbortController();
  let version = from;
  let timer = setTimeout(() => undefined, 0);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stats.silences++;
      own.abort(new Error("silent"));
    }, silentMs).unref();
  };
  heard();
  try {
    const response = await client.open(pathOf(kind, null), {
      query: { watch: "true", allowWatchBookmarks: "true", labelSelector, resourceVersion: from, timeoutSeconds: String(LONGEST_S) }, accept: METADATA_ONLY, signal: AbortSignal.any([signal, own.signal]), timeoutMs: 0,
    });
    if (!response.body) return version;
    for await (const line of linesOf(response.body)) {
      heard();
      alive();
      const event = JSON.parse(line) as { type: string; object: { metadata?: Metadata; code?: number; message?: string } };
      if (event.type === "ERROR") throw new KubeApiError(event.object.code ?? 500, `watch ${kind.plural}`, event.object);
      if (event.object.metadata?.resourceVersion) version = event.object.metadata.resourceVersion;
      if (event.type !== "BOOKMARK" && event.object.metadata) hooks.onObject(event.object.metadata, event.type === "DELETED");
    }
    return version;
  } catch (error) {
    // A cut connection is no reason to forget how far we were; a refusal is told to whoever called.
    if (error instanceof KubeApiError) throw error;
    return version;
  } finally {
    clearTimeout(timer);
    own.abort();
  }
}
