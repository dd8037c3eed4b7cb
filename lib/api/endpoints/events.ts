import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { currentSession } from "@/lib/auth/current-session";
import { eventStream } from "@/lib/events/stream";

const topic = z.string().max(120).regex(/^[a-z]+(:[A-Za-z0-9-]+)*$/, "must look like deployment:{id}, project:{slug} or deployments");

export const eventsEndpoint = endpoint({
  id: "streamEvents", method: "GET", path: "/api/v1/events", summary: "Live changes, as server-sent events", tag: "Events",
  description: "One stream a tab, any number of topics (`deployment:{id}`, `deployments`, `alerts`, `model:{slug}`, `import:{id}`, `loadtest:{id}`). An event says that something changed; read it from its own path. One about a deployment may carry `state`: its phase and numbers of replicas. `Last-Event-ID` resumes; `event: reset` means some were missed: read everything again.",
  policy: { kind: "signed-in" }, query: z.object({ topic: z.union([topic.transform((t) => [t]), z.array(topic).max(50)]), lastEventId: z.string().max(60).optional().meta({ description: "As Last-Event-ID, for a stream that is opened anew" }) }),
  responses: { 200: { description: "text/event-stream", schema: z.string(), contentType: "text/event-stream" } },
  handler: async ({ actor, query, request }) => {
    const session = actor.kind === "user" ? await currentSession(request.headers) : null;
    const credential = session ? `session:${session.id}` : `token:${actor.id}`;
    return eventStream(actor, credential, query.topic, request.headers.get("last-event-id") ?? query.lastEventId ?? null, request.signal);
  },
});
