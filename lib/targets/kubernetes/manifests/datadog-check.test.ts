import { expect, test } from "vitest";
import { renderDeployment } from "./render";
import { revision, SERVED, settings, spec } from "./__fixtures__/specs";
import type { IngressRule } from "./network-policy";

type Pods = { metadata: { annotations: Record<string, string> }; spec: { containers: { name: string; ports: { containerPort: number }[] }[] } };
const rendered = (name: string, datadogAgent: boolean) => {
  const objects = renderDeployment(spec([revision(name, "spot")]), { ...settings, datadogAgent });
  const pods = (objects.find((o) => o.kind === "Deployment")!.spec as { template: Pods }).template;
  const rules = (objects.find((o) => o.kind === "NetworkPolicy" && o.metadata.name !== "default-deny")!.spec as { ingress: IngressRule[] }).ingress;
  return { pods, agents: rules.filter((r) => JSON.stringify(r).includes("datadoghq")) };
};

test.each(Object.keys(SERVED))("%s: its pods ask the node's Datadog agent to read their metrics and let it in, where there is one", (name) => {
  const { pods, agents } = rendered(name, true);
  const check = (JSON.parse(pods.metadata.annotations["ad.datadoghq.com/server.checks"]!) as { openmetrics: { instances: { openmetrics_endpoint: string; namespace: string; metrics: (string | Record<string, string>)[] }[] } }).openmetrics.instances[0]!;
  expect(check.namespace).toBe("slipway");
  expect(check.metrics.length).toBeGreaterThan(1);
  const port = Number(/^http:\/\/%%host%%:(\d+)\//.exec(check.openmetrics_endpoint)![1]);
  // Autodiscovery names the container, and the policy opens the port it reads.
  expect(pods.spec.containers.find((c) => c.name === "server")!.ports.map((p) => p.containerPort)).toContain(port);
  expect(agents.flatMap((r) => r.ports.map((p) => p.port))).toEqual([port]);
  const without = rendered(name, false);
  expect(Object.keys(without.pods.metadata.annotations).filter((a) => a.includes("datadog"))).toEqual([]);
  expect(without.agents).toEqual([]);
});
