import { VOLUME } from "@/lib/serving/layout";
import type { HttpProbe } from "@/lib/serving/serving-runtime";
import { fetchesFiles, type DeploymentContext, type RevisionContext } from "./context";
import { plainEnv } from "./env";
import { serverResources } from "./resources";
import { envSecretName } from "./secrets";
import { containerSecurity } from "./security";
import { startBudget } from "./start-budget";

export const HOME = "/home/slipway";
/** Time the edge has to forget a pod before the server stops listening. */
const PRE_STOP_SECONDS = 10;
const STARTUP_PERIOD_SECONDS = 5;

/** Name of the port metrics are at: a port may not be named twice. */
export const metricsPortName = ({ shape }: RevisionContext): string | null => (shape.ports.metrics === null ? null : shape.ports.metrics === shape.ports.http ? "http" : "metrics");

/** The model server. What a user set comes first, so that nothing of it replaces what the runtime needs. */
export function serverContainer(c: DeploymentContext, r: RevisionContext): object {
  const { shape, revision } = r;
  const metrics = shape.ports.metrics !== null && shape.ports.metrics !== shape.ports.http ? [{ name: "metrics", containerPort: shape.ports.metrics, protocol: "TCP" }] : [];
  return {
    name: "server", image: shape.image, ...(shape.command === null ? {} : { command: shape.command }), ...(shape.args.length === 0 ? {} : { args: shape.args }),
    env: plainEnv({ ...revision.env, HOME, TMPDIR: "/tmp", ...shape.env }),
    ...(Object.keys(revision.secrets).length === 0 ? {} : { envFrom: [{ secretRef: { name: envSecretName(c, r) } }] }),
    ports: [{ name: "http", containerPort: shape.ports.http, protocol: "TCP" }, ...metrics],
    startupProbe: { ...probe(shape.probes.ready), periodSeconds: STARTUP_PERIOD_SECONDS, timeoutSeconds: 5, failureThreshold: Math.ceil(startBudget(r).loadSeconds / STARTUP_PERIOD_SECONDS) },
    readinessProbe: { ...probe(shape.probes.ready), periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2 },
    livenessProbe: { ...probe(shape.probes.live), periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 6 },
    lifecycle: { preStop: { sleep: { seconds: PRE_STOP_SECONDS } } },
    resources: serverResources(r), securityContext: containerSecurity(),
    volumeMounts: [
      ...(fetchesFiles(r) ? [{ name: "model", mountPath: VOLUME, readOnly: true }] : []),
      { name: "tmp", mountPath: "/tmp" }, { name: "home", mountPath: HOME },
      ...shape.writable.map((w) => ({ name: w.name, mountPath: w.mountPath })),
      ...(shape.sharedMemoryMib > 0 ? [{ name: "shm", mountPath: "/dev/shm" }] : []),
    ],
    // What the container wrote last is its message where it ends without one.
    terminationMessagePolicy: "FallbackToLogsOnError",
  };
}

const probe = (of: HttpProbe) => (of === "tcp" ? { tcpSocket: { port: "http" } } : { httpGet: { path: of.path, port: "http" } });
