import { LABEL } from "@/lib/targets/kubernetes/labels";

type Meta = { metadata: { name: string; labels: Record<string, string>; annotations?: Record<string, string> } };
type Backend = { name: string; weight: number };
export type HttpRoute = Meta & { kind: "HTTPRoute"; spec: { rules: { matches: { path: { value: string } }[]; filters: { urlRewrite: { path: { replacePrefixMatch: string } } }[]; backendRefs: Backend[] }[] } };
export type AlbIngress = Meta & { kind: "Ingress"; spec: { rules: { http: { paths: { path: string; backend: { service: { name: string } } }[] } }[] } };
export type EndpointSlice = Meta & { kind: "EndpointSlice"; endpoints: { conditions: { ready?: boolean }; targetRef: { name: string } }[] | null };
type Rule = { prefix: string; rewrite: (path: string) => string; backends: Backend[] };

/**
 * What a Gateway or the ALB controller does with a route, and nothing in this control plane does: the rule whose path is longest, the path
 * rewritten as it says, a backend by weight, one of its Service's ready endpoints. Checks no token.
 */
export class WeightedEdge {
  private rules: Rule[] = [];
  private endpoints = new Map<string, string[]>();
  private turn = 0;

  constructor(private readonly addressOf: (pod: string) => string | null) {}

  follow(routes: (HttpRoute | AlbIngress)[], slices: EndpointSlice[]): void {
    this.rules = routes.flatMap((r) => (r.kind === "HTTPRoute" ? rulesOfRoute(r) : rulesOfIngress(r))).sort((a, b) => b.prefix.length - a.prefix.length);
    this.endpoints = new Map();
    for (const slice of slices) {
      const service = slice.metadata.labels["kubernetes.io/service-name"]!;
      const ready = (slice.endpoints ?? []).filter((e) => e.conditions.ready).map((e) => e.targetRef.name);
      this.endpoints.set(service, [...(this.endpoints.get(service) ?? []), ...ready]);
    }
  }

  /** The weights of a path as they are now, by service. */
  weights(path: string): Record<string, number> {
    return Object.fromEntries((this.ruleOf(path)?.backends ?? []).map((b) => [b.name, b.weight]));
  }

  /** Status, and the service that answered; 404 without a route, 503 where the chosen service has no ready endpoint. */
  async post(path: string, body: unknown): Promise<{ status: number; service: string | null }> {
    const rule = this.ruleOf(path);
    if (!rule) return { status: 404, service: null };
    const service = this.pick(rule.backends);
    const address = (service ? this.endpoints.get(service) ?? [] : []).map(this.addressOf).find((a) => a !== null);
    if (!service || !address) return { status: 503, service };
    const answer = await fetch(address + rule.rewrite(path), { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }).catch(() => null);
    await answer?.arrayBuffer();
    return { status: answer?.status ?? 502, service };
  }

  private ruleOf = (path: string) => this.rules.find((r) => path === r.prefix || path.startsWith(`${r.prefix}/`));

  /** Spread evenly over any hundred requests, and the same in each run. */
  private pick(backends: Backend[]): string | null {
    const all = backends.reduce((sum, b) => sum + b.weight, 0);
    let at = (this.turn = (this.turn + 37) % 100) / 100 * all;
    for (const b of backends) if ((at -= b.weight) < 0) return b.name;
    return null;
  }
}

const rulesOfRoute = (route: HttpRoute): Rule[] => route.spec.rules.map((rule) => {
  const prefix = rule.matches[0]!.path.value;
  const { replacePrefixMatch } = rule.filters[0]!.urlRewrite.path;
  return { prefix, backends: rule.backendRefs, rewrite: (path) => `${replacePrefixMatch}/${path.slice(prefix.length)}`.replaceAll(/\/+/g, "/") };
});

function rulesOfIngress(ingress: AlbIngress): Rule[] {
  const note = (name: string): unknown => JSON.parse(ingress.metadata.annotations![`alb.ingress.kubernetes.io/${name}`]!);
  return ingress.spec.rules[0]!.http.paths.map(({ path: prefix, backend: { service } }) => {
    const action = note(`actions.${service.name}`) as { forwardConfig: { targetGroups: { serviceName: string; weight: number }[] } };
    const [transform] = note(`transforms.${service.name}`) as { urlRewriteConfig: { rewrites: { regex: string; replace: string }[] } }[];
    const { regex, replace } = transform!.urlRewriteConfig.rewrites[0]!;
    return { prefix, backends: action.forwardConfig.targetGroups.map((g) => ({ name: g.serviceName, weight: g.weight })), rewrite: (path) => path.replace(new RegExp(regex), replace) };
  });
}

/** What pods, routes and endpoints of a project are found by: the controllers keep the labels of a Service on its slices. */
export const ofProject = (projectId: string): string => `${LABEL.projectId}=${projectId}`;
