import { type ClusterFacts, isUnread } from "@/lib/targets/kubernetes/check/facts";
import type { CheckContext } from "@/lib/targets/kubernetes/check/findings";
import type { Finding } from "@/lib/targets/target";

const ENVOY_GATEWAY = "helm upgrade --install eg oci://docker.io/envoyproxy/gateway-helm --namespace envoy-gateway-system --create-namespace";

/** Pure: the way in from outside the cluster, by Gateway API or an ALB. */
export function routingFinding(facts: ClusterFacts, { provider, clusterName }: CheckContext): Finding {
  const base = { id: "routing", title: "Gateway API or ALB" };
  const albClass = isUnread(facts.ingressClasses) ? undefined : facts.ingressClasses.find((c) => c.controller === "ingress.k8s.aws/alb" || c.controller === "eks.amazonaws.com/alb");
  const gatewayApi = facts.groups.has("gateway.networking.k8s.io");
  if (gatewayApi && isUnread(facts.gateways)) return { ...base, status: "unknown", detail: facts.gateways.unread, fix: null };
  const gateways = isUnread(facts.gateways) ? [] : facts.gateways;
  const ready = gateways.find((g) => g.programmed);
  if (ready) return { ...base, status: "ok", detail: `Gateway ${ready.namespace}/${ready.name} is programmed${ready.address ? ` at ${ready.address}` : ""}. Requests are split by weight there.`, fix: null };
  if (albClass) return { ...base, status: "ok", detail: `Ingress class ${albClass.name} makes an ALB. Set the host name under settings.`, fix: null };
  if (gateways.length > 0) return { ...base, status: "warning", detail: `Gateway ${gateways[0]!.namespace}/${gateways[0]!.name} is not programmed: no controller has taken it.`, fix: `kubectl -n ${gateways[0]!.namespace} describe gateway ${gateways[0]!.name}` };
  if (gatewayApi) return { ...base, status: "warning", detail: "The Gateway API is there, but no Gateway. Until there is one, deployments are reached only from inside the cluster.", fix: ENVOY_GATEWAY };
  return {
    ...base, status: "missing", detail: "Nothing leads requests in from outside: deployments are reached only from inside the cluster.",
    fix: provider === "eks" && clusterName ? `helm repo add eks https://aws.github.io/eks-charts && helm upgrade --install aws-load-balancer-controller eks/aws-load-balancer-controller --namespace kube-system --set clusterName=${clusterName}` : ENVOY_GATEWAY,
  };
}
