import { announceAlerts } from "@/lib/alerts/announce-alerts";
import { Reader, type JudgedSubject } from "@/lib/alerts/read-subjects";
import { conditionSchema, type AlertMessage } from "@/lib/alerts/schema";
import { quiet, step, type AlertPhase } from "@/lib/alerts/step";
import { db, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { Logger } from "@/lib/logger";
import type { MetricsSource } from "@/lib/observability/metrics-source";

export const PERIOD_MS = 30_000;

type RuleRow = Awaited<ReturnType<typeof dueRules>>[number];

/**
 * Evaluates every rule that was not yet evaluated in this period. Any number of workers may call it at once: the period is taken on
 * the rule's row in the transaction that writes what came of it, so a rule is evaluated exactly once a period. Returns how many were.
 */
export async function evaluateRules(now: Date, log: Pick<Logger, "warn">, source?: MetricsSource): Promise<number> {
  const period = BigInt(Math.floor(now.getTime() / PERIOD_MS));
  const reader = new Reader(now, source);
  let done = 0;
  for (const rule of await dueRules(period)) {
    try {
      const subjects = rule.enabled ? await reader.judged({ ...rule, condition: conditionSchema.parse(rule.condition) }) : [];
      if (await write(rule, subjects, period, now)) done++;
    } catch (error) {
      log.warn({ err: error, rule: rule.id }, "an alert rule could not be evaluated; it is tried again");
    }
  }
  return done;
}

const dueRules = (period: bigint) => db().alertRule.findMany({ where: { evaluatedPeriod: { lt: period } }, include: { project: { select: { slug: true } } }, orderBy: { id: "asc" } });

function write(rule: RuleRow, subjects: JudgedSubject[], period: bigint, now: Date): Promise<boolean> {
  return db().$transaction(async (tx) => {
    // Of this very version: what was judged by a condition that has changed since is not written.
    const taken = await tx.alertRule.updateMany({ where: { id: rule.id, version: rule.version, evaluatedPeriod: { lt: period } }, data: { evaluatedPeriod: period, evaluatedAt: now } });
    if (taken.count === 0) return false;
    const before = new Map((await tx.alertState.findMany({ where: { ruleId: rule.id } })).map((s) => [s.subjectId, s]));
    let changed = false;
    for (const s of subjects) {
      const old = before.get(s.id);
      const standing = old ? { phase: old.phase as AlertPhase, since: old.since.getTime(), clearSince: old.clearSince?.getTime() ?? null } : quiet(now.getTime());
      const turn = step(standing, s.verdict, now.getTime(), { forMs: rule.forSeconds * 1000, resolveMs: rule.resolveSeconds * 1000 });
      const data = { phase: turn.standing.phase, since: new Date(turn.standing.since), clearSince: turn.standing.clearSince === null ? null : new Date(turn.standing.clearSince), noData: s.noData, value: s.value, text: s.text, seenAt: now };
      await tx.alertState.upsert({ where: { ruleId_subjectId: { ruleId: rule.id, subjectId: s.id } }, create: { ruleId: rule.id, subjectId: s.id, ...data }, update: data });
      changed ||= turn.standing.phase !== standing.phase;
      if (turn.event === "fired") await fire(tx, rule, s, now);
      if (turn.event === "resolved") await resolve(tx, rule, s.id, s.text, now);
    }
    // What is no subject any more (stopped, deleted, the rule turned off) is over because of that, and says so.
    for (const gone of [...before.keys()].filter((id) => !subjects.some((s) => s.id === id))) {
      await resolve(tx, rule, gone, rule.enabled ? "It was stopped, deleted or has no budget any more." : "The rule was turned off.", now);
      changed ||= before.get(gone)!.phase !== "ok";
      await tx.alertState.delete({ where: { ruleId_subjectId: { ruleId: rule.id, subjectId: gone } } });
    }
    // Only a turn is announced: pages that show a value read it again by themselves.
    if (changed) await announceAlerts(tx, rule.projectId);
    return true;
  });
}

async function fire(tx: Tx, rule: RuleRow, s: JudgedSubject, now: Date): Promise<void> {
  const made = await tx.alertIncident.create({ data: { projectId: rule.projectId, ruleId: rule.id, subjectId: s.id, ruleName: rule.name, subject: s.label, deployment: s.deployment, severity: rule.severity, text: s.text, firedAt: now } });
  await tell(tx, rule, { ...made, text: s.text }, "fired", now);
}

async function resolve(tx: Tx, rule: RuleRow, subjectId: string, text: string, now: Date): Promise<void> {
  for (const open of await tx.alertIncident.findMany({ where: { ruleId: rule.id, subjectId, resolvedAt: null } })) {
    await tx.alertIncident.update({ where: { id: open.id }, data: { resolvedAt: now, resolution: text } });
    await tell(tx, rule, { ...open, text }, "resolved", now);
  }
}

type Told = { id: string; subjectId: string; subject: string; deployment: string | null; text: string };

/** Queues the messages. A silence keeps new alerts from being told; the end of one is told to whoever heard of its beginning. */
async function tell(tx: Tx, rule: RuleRow, incident: Told, event: "fired" | "resolved", now: Date): Promise<void> {
  const channels = await tx.alertChannel.findMany({ where: { projectId: rule.projectId, ...(event === "fired" ? { id: { in: rule.channelIds }, disabledWhy: null } : { deliveries: { some: { dedupeKey: `${incident.id}:fired` } } }) }, select: { id: true } });
  if (event === "fired" && (await tx.alertSilence.count({ where: { projectId: rule.projectId, startsAt: { lte: now }, endsAt: { gt: now }, AND: [{ OR: [{ ruleId: null }, { ruleId: rule.id }] }, { OR: [{ deploymentId: null }, { deploymentId: incident.subjectId }] }] } })) > 0) return;
  const payload: AlertMessage = {
    id: incident.id, event, rule: rule.name, subject: incident.subject, project: rule.project.slug, severity: rule.severity, text: incident.text, at: now.toISOString(),
    // What is no deployment is an environment and its budget.
    url: new URL(incident.deployment ? `/app/${rule.project.slug}/deployments/${incident.deployment}` : `/app/${rule.project.slug}/costs`, env().baseUrl).href,
  };
  await tx.alertDelivery.createMany({ skipDuplicates: true, data: channels.map((c) => ({ projectId: rule.projectId, channelId: c.id, dedupeKey: `${incident.id}:${event}`, event, payload, nextAttemptAt: now })) });
}
