import { judge, READ_FOR_RULES, windowsOf, type Judged, type Readings } from "@/lib/alerts/judge";
import type { Condition } from "@/lib/alerts/schema";
import { monthSoFar } from "@/lib/budgets/environment-spending";
import { db } from "@/lib/db/client";
import type { Metrics, MetricsSource, WindowName } from "@/lib/observability/metrics-source";
import { sourcesOf } from "@/lib/observability/source-of";

export type Subject = { id: string; label: string; deployment: string | null };
export type JudgedSubject = Subject & Judged;
type Rule = { projectId: string; deploymentId: string | null; condition: Condition };

/** One pass over the rules: what several rules ask of the same deployment is read once. */
export class Reader {
  private readonly metrics = new Map<string, Promise<Metrics | null>>();
  private readonly sources = new Map<string, MetricsSource>();
  /** `source`: one for all, instead of that of each deployment's target. */
  constructor(private readonly now: Date, private readonly source?: MetricsSource) {}

  /** Every subject of a rule that there is now, judged. Deployments that are meant to be stopped are none. */
  async judged(rule: Rule): Promise<JudgedSubject[]> {
    if (rule.condition.kind === "budget") return this.environments(rule);
    const rows = await db().deployment.findMany({ where: { projectId: rule.projectId, desiredState: "running", ...(rule.deploymentId ? { id: rule.deploymentId } : {}) }, select: { id: true, slug: true } });
    if (windowsOf(rule.condition).length > 0) await this.findSources(rows.map((d) => d.id));
    return Promise.all(rows.map(async (d) => ({ id: d.id, label: d.slug, deployment: d.slug, ...judge(rule.condition, await this.readings(d.id, rule.condition), this.now) })));
  }

  private async environments(rule: Rule): Promise<JudgedSubject[]> {
    const rows = await db().environment.findMany({ where: { projectId: rule.projectId, monthlyBudgetUsd: { gt: 0 } } });
    return Promise.all(rows.map(async (e) => {
      const spentUsd = await monthSoFar(db(), e.id, this.now).then((m) => m.total, () => null);
      return { id: e.id, label: e.slug, deployment: null, ...judge(rule.condition, { metrics: {}, events: null, budget: { budgetUsd: e.monthlyBudgetUsd!.toNumber(), spentUsd } }, this.now) };
    }));
  }

  private async readings(deploymentId: string, c: Condition): Promise<Readings> {
    const metrics: Readings["metrics"] = {};
    for (const w of windowsOf(c)) metrics[w] = await this.metricsOf(deploymentId, w);
    return { metrics, events: await this.eventsOf(deploymentId, c), budget: null };
  }

  /** Of all at once: one query a rule at most, none where another rule asked before. */
  private async findSources(ids: string[]): Promise<void> {
    const wanted = this.source ? [] : ids.filter((id) => !this.sources.has(id));
    if (wanted.length > 0) for (const [id, source] of await sourcesOf(wanted)) this.sources.set(id, source);
  }

  private metricsOf(deploymentId: string, window: WindowName): Promise<Metrics | null> {
    const key = `${deploymentId} ${window}`;
    const known = this.metrics.get(key);
    if (known) return known;
    const source = this.source ?? this.sources.get(deploymentId);
    const asked = source ? source.query({ deploymentId, window, now: this.now, only: READ_FOR_RULES }).catch(() => null) : Promise.resolve(null);
    this.metrics.set(key, asked);
    return asked;
  }

  private async eventsOf(deploymentId: string, c: Condition): Promise<number | null> {
    if (c.kind !== "crashLoop" && c.kind !== "spotInterruption" && c.kind !== "rolloutFailed") return null;
    const at = { gt: new Date(this.now.getTime() - c.minutes * 60_000), lte: this.now };
    // A replica that failed is written down under its own id, an interruption under its node's event.
    const which = { crashLoop: { type: "Warning", dedupeKey: { startsWith: "replica:" } }, spotInterruption: { dedupeKey: { startsWith: "node:" } }, rolloutFailed: { reason: { in: ["CanaryRolledBack", "RolloutFailed"] } } }[c.kind];
    return db().deploymentEvent.count({ where: { deploymentId, at, ...which } });
  }
}
