import { monthInWords } from "@/lib/budgets/month";
import { summaryOf } from "@/lib/approvals/present-approval";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { formatMoney } from "@/lib/format/money";
import type { Logger } from "@/lib/logger";
import { mailIsConfigured, sendMail } from "@/lib/mail/send-mail";

const BATCH = 50;
/** Older than this it is no news any more: it stays on the page and is not mailed. */
const NEWS_MS = 24 * 3_600_000;

type Notice = { subject: string; text: string; done: () => Promise<unknown> };

/**
 * Mails what waits to be told: requests for approval and budgets passed, to owners and platform people. Marked as told only after
 * the mail server took it, so a server that is down delays them; without SMTP_URL nothing is sent, and the pages show it all.
 */
export async function sendNotices(now: Date, log: Pick<Logger, "warn">, send = sendMail): Promise<number> {
  if (!mailIsConfigured()) return 0;
  const notices = [...(await approvalsToTell(now)), ...(await budgetsToTell(now))];
  if (notices.length === 0) return 0;
  const people = await db().user.findMany({ where: { instanceRole: { in: ["owner", "platform"] }, disabledAt: null }, select: { email: true } });
  let sent = 0;
  for (const notice of notices) {
    try {
      for (const { email } of people) await send({ to: email, subject: notice.subject, text: notice.text });
      await notice.done();
      sent++;
    } catch (error) {
      log.warn({ err: error, subject: notice.subject }, "a notice was not taken by the mail server; it is sent again");
      return sent;
    }
  }
  return sent;
}

async function approvalsToTell(now: Date): Promise<Notice[]> {
  const rows = await db().approval.findMany({ where: { state: "waiting", notifiedAt: null, requestedAt: { gt: new Date(now.getTime() - NEWS_MS) } }, include: { project: true, environment: true }, take: BATCH, orderBy: { id: "asc" } });
  return rows.map((r) => ({
    subject: `${r.project.name}: ${r.deploymentSlug} waits for approval`,
    text: `${r.requestedBy} asks: ${summaryOf(r)}, in ${r.environment.name} of ${r.project.name}.\n\n${(r.gate as { reasons: string[] }).reasons.join("\n")}\n\nDecide: ${new URL("/app/approvals", env().baseUrl)}\n`,
    done: () => db().approval.update({ where: { id: r.id }, data: { notifiedAt: now } }),
  }));
}

async function budgetsToTell(now: Date): Promise<Notice[]> {
  const rows = await db().budgetAlert.findMany({ where: { notifiedAt: null, at: { gt: new Date(now.getTime() - NEWS_MS) } }, include: { environment: { include: { project: true } } }, take: BATCH, orderBy: { at: "asc" } });
  return rows.map((r) => ({
    subject: `${r.environment.project.name}, ${r.environment.name}: ${r.thresholdPercent}% of the budget for ${monthInWords(r.month)} is spent`,
    text: `${formatMoney(r.spentUsd.toNumber())} of ${formatMoney(r.budgetUsd.toNumber())} was spent by ${r.at.toISOString()}.\n\nSee: ${new URL(`/app/${r.environment.project.slug}/costs`, env().baseUrl)}\n`,
    done: () => db().budgetAlert.update({ where: { environmentId_month_thresholdPercent: { environmentId: r.environmentId, month: r.month, thresholdPercent: r.thresholdPercent } }, data: { notifiedAt: now } }),
  }));
}
