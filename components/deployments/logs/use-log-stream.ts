import { useEffect, useState } from "react";
import { keepNewest, ndjsonReader, type HeldLine } from "@/components/deployments/logs/log-line";
import { asProblem } from "@/components/form/as-problem";
import { networkProblem, readProblem } from "@/lib/api-client/api-problem";

export type StreamState = "connecting" | "following" | "ended" | "lost";
const FLUSH_MS = 120;
const RECONNECT_MS = [1_000, 2_000, 5_000, 10_000];

/**
 * Lines of a deployment as they come, at most MOST_LINES. `lost`: it tries again by itself; `ended`: the source closed the stream.
 * `reconnect` asks at once. A new connection sends the last lines again, so it replaces what is held.
 */
export function useLogStream(project: string, slug: string, revision: number | null, enabled = true) {
  const [held, setHeld] = useState<HeldLine[]>([]);
  const [state, setState] = useState<StreamState>("connecting");
  const [reason, setReason] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!enabled) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let tries = 0;
    let n = 0;
    const connect = async () => {
      let waiting: HeldLine[] = [];
      let fresh = true;
      const flush = () => {
        const came = waiting;
        waiting = [];
        if (came.length === 0 && !fresh) return;
        const replace = fresh;
        fresh = false;
        setHeld((old) => keepNewest(replace ? [] : old, came));
      };
      const flushing = setInterval(flush, FLUSH_MS);
      try {
        const query = new URLSearchParams({ follow: "true", tail: "1000", ...(revision === null ? {} : { revision: String(revision) }) });
        const response = await fetch(`/api/v1/projects/${project}/deployments/${slug}/logs?${query}`, { signal: abort.signal, cache: "no-store", credentials: "same-origin" }).catch((cause: unknown) => { throw networkProblem(cause); });
        if (!response.ok || !response.body) throw await readProblem(response);
        setState("following");
        setReason(null);
        const read = ndjsonReader();
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        for (;;) {
          const { done, value } = await reader.read();
          if (done) break;
          tries = 0;
          for (const line of read(value)) waiting.push({ ...line, n: n++ });
          // A flood must not pile up between two flushes.
          if (waiting.length > 2_000) flush();
        }
        setState("ended");
      } catch (cause) {
        if (abort.signal.aborted) return;
        setReason(asProblem(cause).detail);
        setState("lost");
        timer = setTimeout(() => void connect(), RECONNECT_MS[Math.min(tries++, RECONNECT_MS.length - 1)]);
      } finally {
        clearInterval(flushing);
        if (!abort.signal.aborted && waiting.length > 0) flush();
      }
    };
    void connect();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [project, slug, revision, enabled, round]);
  return { held, state, reason, reconnect: () => { setState("connecting"); setRound((r) => r + 1); } };
}
