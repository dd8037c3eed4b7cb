import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import type { DeploymentSpec } from "@/lib/targets/target";
import { renderAlbIngress } from "./alb-ingress";
import { renderAutoscaler } from "./autoscaler";
import { contextOf } from "./context";
import { renderDefaultDeny } from "./default-deny";
import { renderRevision } from "./deployment";
import { renderDisruptionBudget } from "./disruption-budget";
import { renderHttpRoute, renderSecurityPolicy } from "./http-route";
import { renderLimitRange } from "./limit-range";
import type { Manifest } from "./manifest";
import { renderNamespace } from "./namespace";
import { renderNetworkPolicy } from "./network-policy";
import { renderPodMonitor } from "./pod-monitor";
import { renderResourceQuota } from "./resource-quota";
import { renderSecrets } from "./secrets";
import { renderService } from "./service";
import { renderServiceAccount } from "./service-account";

/**
 * Every object of a deployment on a cluster, those of its project's namespace first, in the order they are to be made. Pure: the same
 * spec and settings give the same objects. The same list serves apply, plan, drift, download and GitOps.
 */
export function renderDeployment(spec: DeploymentSpec, settings: ClusterSettings): Manifest[] {
  const c = contextOf(spec, settings);
  return [
    renderNamespace(c), renderResourceQuota(c), renderLimitRange(c), renderDefaultDeny(c), renderServiceAccount(c),
    renderNetworkPolicy(c), ...renderSecrets(c),
    ...c.revisions.flatMap((r) => [renderRevision(c, r), renderService(c, r), renderDisruptionBudget(c, r), renderAutoscaler(c, r), renderPodMonitor(c, r)]),
    // The check of tokens before the route it is for.
    renderSecurityPolicy(c), renderHttpRoute(c), renderAlbIngress(c),
  ].filter((object) => object !== null);
}
