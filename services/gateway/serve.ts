import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { bearerOf, type Authorize } from "./authorize";
import type { LocalDeployment } from "./local-deployment";
import { pickReplica } from "./pick-replica";
import { sendProblem } from "./problem";
import { forward, takeBody } from "./proxy";
import type { Replica } from "./replica";
import type { Body } from "./replica-connections";
import { parseServePath } from "./serve-path";

const RETRY_AFTER_SECONDS = 1;
/** A start that outlasted the hold takes some seconds more. */
const COLD_RETRY_AFTER_SECONDS = 5;

/** A caller without a token is held no longer than this: only a public deployment can be meant. */
const ANONYMOUS_HOLD_MS = 3_000;
const LOOK_AGAIN_MS = 20;

export type ServeContext = {
  find: (project: string, deployment: string) => LocalDeployment | undefined;
  authorize: Authorize;
  accessToken: string;
  /** Host header values that are answered; null: all. */
  hosts: ReadonlySet<string> | null;
  /** performance.now() until which requests are held: a gateway keeps nothing, so after a restart it first has to be told again what runs here. */
  warmUntil: number;
  /** How long a request is held while a deployment that was scaled to zero starts its first replica. */
  coldStartHoldMs: number;
};

/** One request to the public port. Answers in every case; never rejects. */
export async function serve(req: IncomingMessage, res: ServerResponse, context: ServeContext): Promise<void> {
  const url = req.url ?? "/";
  if (url === "/healthz") return void res.writeHead(200, { "content-type": "application/json" }).end('{"status":"ok"}');
  const host = req.headers.host?.toLowerCase();
  if (context.hosts && (host === undefined || !context.hosts.has(host))) return sendProblem(res, "misdirected_request", "This host name is not one of the gateway's; set SLIPWAY_ALLOWED_HOSTS to allow it.");
  const path = parseServePath(url);
  if (!path) return sendProblem(res, "not_found", "The gateway answers /serve/{project}/{deployment}/v2… only.");
  if (req.method !== "GET" && req.method !== "POST" && req.method !== "HEAD") return sendProblem(res, "method_not_allowed", "Use GET or POST.");

  const bearer = bearerOf(req.headers.authorization);
  let deployment = context.find(path.project, path.deployment);
  if (!deployment && bearer === null) deployment = await held(Math.min(context.warmUntil, performance.now() + ANONYMOUS_HOLD_MS), res, () => context.find(path.project, path.deployment));
  if (!deployment?.spec.public) {
    if (bearer === null) return sendProblem(res, "unauthenticated", "Send an API token with the scope predict as Authorization: Bearer …");
    const answer = context.authorize(bearer, path.project, deployment?.spec.ref ?? null);
    let allowed = answer instanceof Promise ? await answer : answer;
    if (!deployment && !allowed.ok && allowed.status === 404) {
      deployment = await held(context.warmUntil, res, () => context.find(path.project, path.deployment));
      if (deployment) allowed = await context.authorize(bearer, path.project, deployment.spec.ref);
    }
    if (!allowed.ok) {
      if (allowed.status === 401) return sendProblem(res, "unauthenticated", "The API token is unknown, expired or revoked.");
      if (allowed.status === 403) return sendProblem(res, "forbidden", "The API token lacks the scope predict.");
    }
    if (!allowed.ok || !deployment) return sendProblem(res, "not_found", "There is no such deployment, or you have no access to it.");
  }
  if (path.revision !== null && !deployment.pools.has(path.revision)) return sendProblem(res, "not_found", `Revision ${path.revision} of this deployment is not running.`);
  const serving = deployment;
  if (serving.starting) await held(context.warmUntil, res, () => (serving.starting ? undefined : true));
  await route(req, res, path.revision, path.rest, deployment, context);
}

/** Waits for an answer that is not undefined, within the gateway's first moments and for as long as the caller does. */
async function held<T>(until: number, res: ServerResponse, look: () => T | undefined): Promise<T | undefined> {
  for (;;) {
    const found = look();
    if (found !== undefined || performance.now() > until || res.destroyed) return found;
    await sleep(LOOK_AGAIN_MS);
  }
}

/** The first replica of a deployment that is scaled to zero, started by this very request; null where it does not start on demand or not in time. */
async function woken(deployment: LocalDeployment, res: ServerResponse, holdMs: number, pick: () => Replica | null): Promise<Replica | null> {
  if (!deployment.startsOnDemand) return null;
  const found = await held(performance.now() + holdMs, res, () => {
    // Said again while it is waited for: a start that takes longer than a tick must not be taken back.
    deployment.noteDemand();
    return pick() ?? undefined;
  });
  return found ?? null;
}

/** Takes the body and hands it over. Settles when the request is answered or the caller has left. */
function route(req: IncomingMessage, res: ServerResponse, revision: number | null, rest: string, deployment: LocalDeployment, context: ServeContext): Promise<void> {
  return new Promise((resolve, reject) => {
    takeBody(req, (body) => {
      if (!body) return resolve();
      deliver(req, res, body, revision, rest, deployment, context).then(resolve, reject);
    });
  });
}

async function deliver(req: IncomingMessage, res: ServerResponse, body: Body, revision: number | null, rest: string, deployment: LocalDeployment, context: ServeContext): Promise<void> {
  let lost: Replica | null = null;
  for (let attempt = 0; attempt < 2; attempt++) {
    const pick = (): Replica | null => {
      const pool = revision === null ? undefined : deployment.pools.get(revision);
      return pickReplica(revision === null ? deployment.pools.values() : pool ? [pool] : [], lost, Math.random);
    };
    const replica: Replica | null = pick() ?? (lost ? null : await woken(deployment, res, context.coldStartHoldMs, pick));
    // Whoever waited for it may have left meanwhile.
    if (res.destroyed) return;
    if (!replica) break;
    const outcome = await forward(req, res, rest, body, replica, context.accessToken);
    if (outcome.kind === "done" || outcome.kind === "clientGone") return;
    if (outcome.kind === "queueFull") return sendProblem(res, "queue_full", "Every replica's queue is full. Try again in a moment, or raise the number of replicas.", RETRY_AFTER_SECONDS);
    if (outcome.kind === "broken") return deployment.counters.count(502, "replica_lost");
    lost = replica;
    if (!outcome.repeatable) break;
  }
  if (lost) {
    deployment.counters.count(502, "replica_lost");
    return sendProblem(res, "bad_gateway", "The replica ended while it had this request. Send it again.", RETRY_AFTER_SECONDS);
  }
  // This turn may still be that of the body's last byte: the request is complete in the next, and the caller keeps his connection.
  if ("held" in body && !req.complete) await new Promise(setImmediate);
  if (deployment.spec.stopped) {
    deployment.counters.countStopped();
    return sendProblem(res, "not_ready", "This deployment is stopped. Whoever may change it can start it again.");
  }
  deployment.noteDemand();
  deployment.counters.count(503, "no_replica");
  if (deployment.startsOnDemand) return sendProblem(res, "not_ready", "The deployment is starting from zero replicas and is not ready yet. Send the request again in a few seconds.", COLD_RETRY_AFTER_SECONDS);
  sendProblem(res, "not_ready", "No replica of this deployment is ready. Try again in a moment.", RETRY_AFTER_SECONDS);
}
