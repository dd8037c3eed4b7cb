import { specHash } from "@/lib/targets/spec-hash";
import { LABEL, SPEC_HASH_ANNOTATION } from "@/lib/targets/kubernetes/labels";
import { fetchesFiles, type DeploymentContext, type RevisionContext } from "./context";
import { datadogCheck } from "./datadog-check";
import { fetchContainer } from "./fetch-container";
import type { Manifest } from "./manifest";
import { podPlacement } from "./placement";
import { modelVolumeMib, TMP_MIB } from "./resources";
import { scalerOf } from "./scaler";
import { pullSecretName, tokenSecretName } from "./secrets";
import { podSecurity } from "./security";
import { serverContainer } from "./server-container";
import { SERVICE_ACCOUNT } from "./service-account";
import { startBudget } from "./start-budget";

/** Within the two minutes a spot node is given: 10 s for the edge, the rest for requests under way. */
const GRACE_SECONDS = 100;

/**
 * One Deployment a revision. Nothing in the pod template changes while the revision lives: no generation, no expiring URL, no hash of
 * the spec, so that a pass with nothing to do makes no new pods. `replicas` is there only where no autoscaler owns it.
 */
export function renderRevision(c: DeploymentContext, r: RevisionContext): Manifest {
  const scaler = scalerOf(c, r);
  return {
    apiVersion: "apps/v1", kind: "Deployment",
    metadata: { name: r.name, namespace: c.namespace, labels: { ...r.labels, [LABEL.generation]: String(c.spec.generation) }, annotations: { [SPEC_HASH_ANNOTATION]: specHash(c.spec) } },
    spec: {
      ...(scaler.kind === "fixed" ? { replicas: scaler.replicas } : {}),
      selector: { matchLabels: r.selector },
      // A GPU more may not be had: where there is room a new pod comes first, else the old one makes room only once the new one waits for it.
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      revisionHistoryLimit: 2, progressDeadlineSeconds: startBudget(r).totalSeconds,
      template: { metadata: { labels: r.labels, annotations: { "karpenter.sh/do-not-disrupt": duration(startBudget(r).totalSeconds), ...datadogCheck(c, r) } }, spec: podSpec(c, r) },
    },
  };
}

/** Karpenter leaves a pod alone for so long after its start: a node is not consolidated under a model that still loads. */
const duration = (seconds: number) => `${Math.ceil(seconds / 60)}m`;

function podSpec(c: DeploymentContext, r: RevisionContext): object {
  const fetches = fetchesFiles(r);
  const { shape } = r;
  return {
    serviceAccountName: SERVICE_ACCOUNT, automountServiceAccountToken: false, enableServiceLinks: false,
    securityContext: podSecurity(shape.uid), terminationGracePeriodSeconds: GRACE_SECONDS,
    ...(r.cluster.pullSecret === null ? {} : { imagePullSecrets: [{ name: pullSecretName(r) }] }),
    ...podPlacement(r, c.settings),
    ...(fetches ? { initContainers: [fetchContainer(c, r)] } : {}),
    containers: [serverContainer(c, r)],
    volumes: [
      ...(fetches ? [
        { name: "model", emptyDir: { sizeLimit: `${modelVolumeMib(r)}Mi` } },
        { name: "token", secret: { secretName: tokenSecretName(c), defaultMode: 0o440 } },
      ] : []),
      { name: "tmp", emptyDir: { sizeLimit: `${TMP_MIB}Mi` } }, { name: "home", emptyDir: { sizeLimit: `${TMP_MIB}Mi` } },
      ...shape.writable.map((w) => ({ name: w.name, emptyDir: { sizeLimit: `${w.sizeMib}Mi` } })),
      ...(shape.sharedMemoryMib > 0 ? [{ name: "shm", emptyDir: { medium: "Memory", sizeLimit: `${shape.sharedMemoryMib}Mi` } }] : []),
    ],
  };
}
