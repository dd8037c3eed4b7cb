import { randomBytes } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Logger } from "@/lib/logger";
import type { DeploymentSpec } from "@/lib/targets/target";
import type { Authorize } from "./authorize";
import { ChangeFeed } from "./change-feed";
import { continueInTurn } from "./continue-in-turn";
import { createControlServer } from "./control-server";
import { LocalDeployment, type DeploymentContext } from "./local-deployment";
import { removeSet, type ResolveBlob } from "./model-files";
import { PidFile } from "./pid-file";
import { Sampler, type PostSamples } from "./sampler";
import { serve } from "./serve";

const TICK_MS = 1000;
/** How long after its start a gateway holds a request for a deployment that it has not been told of, or that is still starting. */
const WARM_UP_MS = 30_000;
/** Most models of the local target are there in a few seconds; proxies before the gateway commonly give up after sixty. */
const COLD_START_HOLD_MS = 30_000;

export type GatewayOptions = {
  host: string;
  /** 0: any free one. */
  port: number;
  /** Directory of what lives as long as this gateway: control file, pid file, sets of links. */
  runDir: string;
  resolveBlob: ResolveBlob;
  /** For every deployment that is not public; wrap it in cachedAuthorize. */
  authorize: Authorize;
  postSamples: PostSamples;
  hosts: ReadonlySet<string> | null;
  logger: Pick<Logger, "info" | "warn" | "error">;
  warmUpMs?: number;
  /** How long a request waits for the first replica of a deployment that was scaled to zero. */
  coldStartHoldMs?: number;
};

export type Gateway = {
  /** Port of the public server. */
  port: number;
  controlPort: number;
  controlToken: string;
  /** Takes a sample of everything now. */
  sampleNow: () => Promise<void>;
  /** Drains everything, then closes. */
  stop: () => Promise<void>;
};

/** Starts the gateway: the parent of this machine's replicas and the only way to them. It holds no durable state: whoever knows the desired state applies it again. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { runDir, logger } = options;
  mkdirSync(path.join(runDir, "home"), { recursive: true, mode: 0o700 });
  const pids = new PidFile(path.join(runDir, "replicas.json"));
  const left = await pids.killLeftovers();
  if (left.length > 0) logger.warn({ pids: left }, "ended replicas of an earlier gateway");
  await removeSet(path.join(runDir, "sets"));

  const accessToken = randomBytes(24).toString("base64url");
  const controlToken = randomBytes(32).toString("base64url");
  const deployments = new Map<string, LocalDeployment>();
  const bySlug = new Map<string, LocalDeployment>();
  const leaving = new Set<LocalDeployment>();
  const sampler = new Sampler(() => [...deployments.values(), ...leaving], accessToken, `gateway-${Date.now()}`, options.postSamples,
    (e) => logger.warn({ err: e }, "samples could not be stored; they are kept for the next try"));
  const context: DeploymentContext = {
    runDir, resolveBlob: options.resolveBlob, accessToken, onSpawned: (pid) => pids.add(pid), onGone: (pid) => pids.remove(pid),
    lastSample: (deployment, replica) => sampler.lastSample(deployment, replica),
  };
  const slug = (ref: DeploymentSpec["ref"]) => `${ref.project}/${ref.deployment}`;
  const put = (spec: DeploymentSpec) => {
    const known = deployments.get(spec.ref.id);
    if (known) {
      bySlug.delete(slug(known.spec.ref));
      known.apply(spec);
    }
    const deployment = known ?? new LocalDeployment(spec, context);
    deployments.set(spec.ref.id, deployment);
    bySlug.set(slug(spec.ref), deployment);
  };
  const remove = (id: string) => {
    const deployment = deployments.get(id);
    if (!deployment) return;
    deployments.delete(id);
    if (bySlug.get(slug(deployment.spec.ref)) === deployment) bySlug.delete(slug(deployment.spec.ref));
    leaving.add(deployment);
    deployment.remove();
  };
  const tick = () => {
    const now = Date.now();
    for (const d of deployments.values()) d.tick(now);
    for (const d of leaving) {
      d.tick(now);
      if (d.gone) leaving.delete(d);
    }
  };

  const serveContext = { find: (p: string, d: string) => bySlug.get(`${p}/${d}`), authorize: options.authorize, accessToken, hosts: options.hosts, warmUntil: performance.now() + (options.warmUpMs ?? WARM_UP_MS), coldStartHoldMs: options.coldStartHoldMs ?? COLD_START_HOLD_MS };
  const server = continueInTurn(createServer({ noDelay: true, keepAliveTimeout: 75_000, requestTimeout: 0 }, (req, res) => {
    serve(req, res, serveContext).catch((e: unknown) => {
      logger.error({ err: e }, "request failed");
      res.destroy();
    });
  }));
  const control = createControlServer({
    token: controlToken, put, remove, changes: new ChangeFeed(randomBytes(6).toString("hex")),
    // A deployment that is being taken away is there until its last replica has ended.
    get: (id) => deployments.get(id) ?? [...leaving].find((d) => d.spec.ref.id === id && !d.gone),
    all: () => [...deployments.values(), ...[...leaving].filter((d) => !d.gone)],
  });
  const port = await listen(server, options.host, options.port);
  const controlPort = await listen(control, "127.0.0.1", 0);
  const controlFile = path.join(runDir, "gateway.json");
  writeFileSync(`${controlFile}.new`, JSON.stringify({ port: controlPort, token: controlToken, pid: process.pid }), { mode: 0o600 });
  renameSync(`${controlFile}.new`, controlFile);
  const timer = setInterval(tick, TICK_MS);
  sampler.start();
  logger.info({ port }, "gateway listens");

  const stop = async () => {
    rmSync(controlFile, { force: true });
    control.close();
    control.closeAllConnections();
    server.close();
    server.closeIdleConnections();
    for (const id of [...deployments.keys()]) remove(id);
    while (leaving.size > 0) {
      tick();
      await new Promise((r) => setTimeout(r, 20));
    }
    clearInterval(timer);
    await sampler.pass();
    sampler.stop();
    server.closeAllConnections();
  };
  return { port, controlPort, controlToken, sampleNow: () => sampler.pass(), stop };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
