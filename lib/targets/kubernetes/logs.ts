import { setTimeout as sleep } from "node:timers/promises";
import { isStatus } from "@/lib/targets/kubernetes/api-error";
import type { KubeClient } from "@/lib/targets/kubernetes/client";
import { KINDS, pathOf } from "@/lib/targets/kubernetes/kinds";
import { linesOf } from "@/lib/targets/kubernetes/lines";
import { selectorOf } from "@/lib/targets/kubernetes/selector";
import type { ContainerStatus, Pod } from "@/lib/targets/kubernetes/objects";
import { replicaId, revisionOf } from "@/lib/targets/kubernetes/pod-replica";
import type { LogLine, LogOptions } from "@/lib/targets/target";

type Source = { pod: Pod; container: string; previous: boolean };

const LOOK_MS = 2000;
const MOST_BYTES = 4 * 1024 * 1024;

/** Lines of every container of a deployment's pods, those before the last restart too, oldest first; then, following, as they come. */
export async function* readPodLogs(client: KubeClient, instance: string, deploymentId: string, options: LogOptions): AsyncIterable<LogLine> {
  const pods = () => client.list<Pod>(KINDS.Pod, { labelSelector: selectorOf(instance, [deploymentId]) }).then((all) => all.filter((p) => wanted(p, options)));
  const first = await pods();
  const past = (await Promise.all(first.flatMap(sourcesOf).map((s) => pastLines(client, s, options)))).flat().sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  yield* past.slice(-options.tailLines);
  if (!options.follow) return;

  const queue = new LineQueue();
  const abort = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, abort.signal]) : abort.signal;
  signal.addEventListener("abort", () => queue.end(), { once: true });
  const since = new Map(past.map((l) => [`${l.replica}`, l.at]));
  void followAll(client, pods, since, queue, signal);
  try {
    for (;;) {
      const line = await queue.next();
      if (line === null) return;
      yield line;
    }
  } finally {
    abort.abort();
  }
}

const wanted = (pod: Pod, o: LogOptions) => (o.revision === undefined || revisionOf(pod) === o.revision) && (o.replica === undefined || replicaId(pod) === o.replica);

const statusesOf = (pod: Pod): ContainerStatus[] => [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];

/** A container that has not started yet has no log; one that was restarted has the one before as well. */
function sourcesOf(pod: Pod): Source[] {
  return statusesOf(pod).flatMap((c) => {
    const started = c.state?.running !== undefined || c.state?.terminated !== undefined;
    return [...(c.restartCount > 0 && c.lastState?.terminated ? [{ pod, container: c.name, previous: true }] : []), ...(started ? [{ pod, container: c.name, previous: false }] : [])];
  });
}

async function pastLines(client: KubeClient, source: Source, options: LogOptions): Promise<LogLine[]> {
  try {
    const response = await client.open(logPath(source.pod), { query: { ...queryOf(source), tailLines: String(options.tailLines), limitBytes: String(MOST_BYTES) }, signal: options.signal });
    return (await response.text()).split("\n").flatMap((line) => toLine(source, line) ?? []);
  } catch (error) {
    if (options.signal?.aborted || isStatus(error, 404)) return [];
    return [unreadable(source, error)];
  }
}

async function followAll(client: KubeClient, pods: () => Promise<Pod[]>, since: Map<string, string>, queue: LineQueue, signal: AbortSignal): Promise<void> {
  const following = new Set<string>();
  while (!signal.aborted) {
    for (const pod of await pods().catch(() => [])) {
      for (const c of statusesOf(pod).filter((s) => s.state?.running !== undefined)) {
        const key = `${replicaId(pod)}/${c.name}/${c.restartCount}`;
        if (following.has(key)) continue;
        following.add(key);
        void followOne(client, { pod, container: c.name, previous: false }, since.get(replicaId(pod)) ?? null, queue, signal);
      }
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** A stream may end early (a proxy's time-out, a rotated file): it goes on after the last line it gave, until the container has ended. */
async function followOne(client: KubeClient, source: Source, from: string | null, queue: LineQueue, signal: AbortSignal): Promise<void> {
  let last = from ?? source.pod.metadata.creationTimestamp ?? new Date().toISOString();
  let failures = 0;
  while (!signal.aborted && failures < 5) {
    let got = false;
    try {
      const response = await client.open(logPath(source.pod), { query: { ...queryOf(source), follow: "true", sinceTime: last }, signal, timeoutMs: 0 });
      if (!response.body) return;
      for await (const text of linesOf(response.body)) {
        const line = toLine(source, text);
        // sinceTime counts whole seconds: the last one comes again.
        if (!line || line.at <= last) continue;
        last = line.at;
        got = true;
        queue.push(line);
      }
    } catch (error) {
      if (signal.aborted || isStatus(error, 404)) return;
      if (++failures === 5) queue.push(unreadable(source, error));
    }
    if (got) failures = 0;
    const pod = await client.find<Pod>(KINDS.Pod, source.pod.metadata.namespace ?? null, source.pod.metadata.name).catch(() => source.pod);
    if (!pod || pod.metadata.uid !== source.pod.metadata.uid || statusesOf(pod).find((c) => c.name === source.container)?.state?.running === undefined) return;
    await sleep(500, undefined, { signal }).catch(() => undefined);
  }
}

const logPath = (pod: Pod) => `${pathOf(KINDS.Pod, pod.metadata.namespace ?? null, pod.metadata.name)}/log`;
const queryOf = (s: Source) => ({ container: s.container, timestamps: "true", ...(s.previous ? { previous: "true" } : {}) });

function toLine(source: Source, text: string): LogLine | null {
  const at = text.indexOf(" ");
  const time = text.slice(0, at);
  if (at < 0 || !Number.isFinite(Date.parse(time))) return null;
  return { at: time, replica: replicaId(source.pod), revision: revisionOf(source.pod), stream: "stdout", text: text.slice(at + 1) };
}

const unreadable = (source: Source, error: unknown): LogLine => ({
  at: new Date().toISOString(), replica: replicaId(source.pod), revision: revisionOf(source.pod), stream: "system",
  text: `The log of the container ${source.container} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
});

/** Lines of many streams for one reader. A reader that is too slow loses the oldest, and is told. */
class LineQueue {
  private readonly lines: LogLine[] = [];
  private ended = false;
  private waiting: (() => void) | null = null;

  push(line: LogLine): void {
    this.lines.push(line);
    if (this.lines.length > 5000) this.lines.splice(0, 1000, { ...line, stream: "system", text: "1000 lines were left out: they came faster than they were read." });
    this.waiting?.();
  }

  end(): void {
    this.ended = true;
    this.waiting?.();
  }

  async next(): Promise<LogLine | null> {
    while (this.lines.length === 0) {
      if (this.ended) return null;
      await new Promise<void>((resolve) => (this.waiting = resolve));
      this.waiting = null;
    }
    return this.lines.shift() ?? null;
  }
}
