/** What an expression is about, and how it is told apart. */
export type Scope = {
  /** Label matchers of the pods, without braces: `namespace="a",pod=~"b-r[0-9]+-.+"`. */
  pods: string;
  /** Window of rates, as in `2m`; Grafana's `$__rate_interval` in a dashboard. */
  window: string;
  /** true: a result for each deployment, told apart by the labels of DEPLOYMENT_LABELS; false: one. */
  perDeployment: boolean;
  /** With it: by revision too, by REVISION_LABEL. */
  perRevision?: boolean;
};

/** Labels of a result that is told apart by deployment: the second is read off the pod's name (lib/targets/kubernetes/names.ts). */
export const DEPLOYMENT_LABELS = ["namespace", "slipway_deployment"] as const;
export const REVISION_LABEL = "slipway_revision";
const OF_POD = '"slipway_deployment", "$1", "pod", "(.+)-r[0-9]+-.+"';
const REVISION_OF_POD = `"${REVISION_LABEL}", "$1", "pod", ".+-r([0-9]+)-.+"`;

/** Text as a quoted string of PromQL, and as a regular expression that matches just it. */
export const quoted = (text: string): string => JSON.stringify(text);
export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Expressions over the pods of a scope. Values of labels are ours: slugs, numbers and names Slipway made. */
export class Promql {
  constructor(readonly scope: Scope) {}

  /** A gauge, or a counter as it stands. */
  value = (metric: string, extra = ""): string => this.named(this.selector(metric, extra));
  rate = (metric: string, extra = ""): string => this.named(`rate(${this.selector(metric, extra)}[${this.scope.window}])`);
  maxOver = (metric: string, extra = ""): string => this.named(`max_over_time(${this.selector(metric, extra)}[${this.scope.window}])`);
  increase = (metric: string, extra = ""): string => this.named(`increase(${this.selector(metric, extra)}[${this.scope.window}])`);

  sum = (expression: string, ...by: string[]): string => `sum${this.by(by)}(${expression})`;
  max = (expression: string, ...by: string[]): string => `max${this.by(by)}(${expression})`;
  avg = (expression: string, ...by: string[]): string => `avg${this.by(by)}(${expression})`;
  sumRate = (metric: string, extra = "", ...by: string[]): string => this.sum(this.rate(metric, extra), ...by);

  /** A quantile of a histogram's buckets; `scale` turns its unit into seconds. */
  quantile = (q: number, bucket: string, extra = "", scale = 1): string => {
    const value = `histogram_quantile(${q}, ${this.sumRate(bucket, extra, "le")})`;
    return scale === 1 ? value : `${value} * ${scale}`;
  };

  /** Part of a whole, 0..1: 0 where no series of the part exists yet, as of errors that never happened; nothing where the whole is nothing. */
  share = (part: string, whole: string): string => `((${part}) or (${whole}) * 0) / (${whole})`;
  /** A sum where either side may have no series. */
  plus = (a: string, b: string): string => `((${a}) + (${b})) or (${a}) or (${b})`;

  private selector = (metric: string, extra: string): string => {
    const matchers = [this.scope.pods, extra].filter(Boolean).join(",");
    return metric.startsWith("{") ? `${metric.slice(0, -1)},${matchers}}` : `${metric}{${matchers}}`;
  };
  private named = (vector: string): string => {
    const named = this.scope.perDeployment ? `label_replace(${vector}, ${OF_POD})` : vector;
    return this.scope.perRevision ? `label_replace(${named}, ${REVISION_OF_POD})` : named;
  };
  private by = (labels: string[]): string => {
    const all = [...(this.scope.perDeployment ? DEPLOYMENT_LABELS : []), ...(this.scope.perRevision ? [REVISION_LABEL] : []), ...labels];
    return all.length === 0 ? "" : ` by (${all.join(", ")}) `;
  };
}
