import { hub } from "@/lib/events/hub";
import type { Actor } from "@/lib/auth/actor";
import { seesProject } from "@/lib/auth/permissions";

const HEARTBEAT_MS = 15_000;
/** Events that wait for a reader who takes none: then the stream ends, rather than fill the memory. The browser opens another, and reads anew. */
const MOST_WAITING = 500;

/**
 * The one event stream of a tab. `credential` is what the caller came with (`session:id` or `token:id`): when that is revoked the
 * stream ends. Rights are as they were at the start; they end with it, at the latest after an hour.
 */
export function eventStream(actor: Actor, credential: string, topics: string[], lastEventId: string | null, signal: AbortSignal): Response {
  const encoder = new TextEncoder();
  let stop = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => {
        if ((controller.desiredSize ?? 0) < -MOST_WAITING) return stop();
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          stop();
        }
      };
      const unsubscribe = hub().subscribe({
        topics: new Set(topics),
        maySee: (projectId) => seesProject(actor, projectId),
        send: (e) => write(`id: ${e.id}\nevent: change\ndata: ${JSON.stringify({ topic: e.topic, at: e.at, state: e.state })}\n\n`),
        reset: () => write(`event: reset\ndata: {}\n\n`),
        revoked: (subject) => {
          if (subject === credential || (actor.userId !== null && subject === `user:${actor.userId}`)) stop();
        },
      }, lastEventId);
      const beat = setInterval(() => write(": still here\n\n"), HEARTBEAT_MS);
      const end = setTimeout(() => stop(), 3_600_000);
      stop = () => {
        unsubscribe();
        clearInterval(beat);
        clearTimeout(end);
        stop = () => {};
        try {
          controller.close();
        } catch {
          // the reader left first
        }
      };
      signal.addEventListener("abort", () => stop());
      write("retry: 1000\n\n");
    },
    cancel: () => stop(),
  });
  return new Response(stream, { headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache, no-transform", "x-accel-buffering": "no" } });
}
