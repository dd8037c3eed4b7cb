import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { ContactRequest } from "@/lib/db/generated/client";
import type { Logger } from "@/lib/logger";
import { mailIsConfigured, sendMail } from "@/lib/mail/send-mail";
import { guardedFetch } from "@/lib/net/guarded-fetch";
import { webhookHeaders } from "@/lib/notices/webhook-headers";

const BATCH = 20;
const LONGEST_WAIT_MS = 6 * 3_600_000;

type Ways = { mail: ((to: string, r: ContactRequest) => Promise<unknown>) | null; hook: ((r: ContactRequest) => Promise<unknown>) | null };

/**
 * Tells owners of contact requests, by mail and by webhook, each until it was taken, with ever longer waits. The request itself is
 * in the database from the moment it came, whatever happens here.
 */
export async function sendContactNotices(now: Date, log: Pick<Logger, "warn">, ways: Ways = configuredWays(now)): Promise<number> {
  if (!ways.mail && !ways.hook) return 0;
  const open = await db().contactRequest.findMany({
    where: { nextAttemptAt: { lte: now }, OR: [...(ways.mail ? [{ mailedAt: null }] : []), ...(ways.hook ? [{ hookedAt: null }] : [])] }, orderBy: { at: "asc" }, take: BATCH,
  });
  if (open.length === 0) return 0;
  const owners = await db().user.findMany({ where: { instanceRole: "owner", disabledAt: null }, select: { email: true } });
  let told = 0;
  for (const { id } of open) {
    // Read again: a person who asked to be deleted meanwhile is told of no more.
    const request = await db().contactRequest.findUnique({ where: { id } });
    if (!request) continue;
    // Each way for itself: a mail server that is down keeps nothing from the webhook.
    const outcomes = await Promise.allSettled([tellByMail(request, owners, ways.mail, now), tellByHook(request, ways.hook, now)]);
    const failed = outcomes.find((o) => o.status === "rejected");
    if (!failed) told++;
    else {
      const wait = Math.min(LONGEST_WAIT_MS, 30_000 * 2 ** request.attempts);
      const fault = failed.reason instanceof Error ? failed.reason.message.slice(0, 300) : "unknown";
      await db().contactRequest.updateMany({ where: { id: request.id }, data: { attempts: { increment: 1 }, nextAttemptAt: new Date(now.getTime() + wait), lastFault: fault } });
      log.warn({ contactRequest: request.id, attempts: request.attempts + 1 }, "a contact request could not be told of; it is tried again");
    }
  }
  return told;
}

async function tellByMail(request: ContactRequest, owners: { email: string }[], mail: Ways["mail"], now: Date): Promise<void> {
  if (!mail || request.mailedAt) return;
  for (const { email } of owners) await mail(email, request);
  await db().contactRequest.updateMany({ where: { id: request.id }, data: { mailedAt: now } });
}

async function tellByHook(request: ContactRequest, hook: Ways["hook"], now: Date): Promise<void> {
  if (!hook || request.hookedAt) return;
  await hook(request);
  await db().contactRequest.updateMany({ where: { id: request.id }, data: { hookedAt: now } });
}

function configuredWays(now: Date): Ways {
  const { SLIPWAY_CONTACT_WEBHOOK: url, SLIPWAY_CONTACT_WEBHOOK_SECRET: secret } = env();
  return {
    mail: mailIsConfigured() ? (to, r) => sendMail({ to, subject: `Contact: ${(r.company ?? r.name).replace(/[\r\n]+/g, " ")}`, text: `${r.name} <${r.email}>${r.company ? `, ${r.company}` : ""} wrote:\n\n${r.message}\n` }) : null,
    hook: url && secret ? (r) => postHook(url, secret, r, now) : null,
  };
}

async function postHook(url: string, secret: string, r: ContactRequest, now: Date): Promise<void> {
  const body = JSON.stringify({ type: "contact.created", timestamp: r.at.toISOString(), data: { id: r.id, name: r.name, email: r.email, company: r.company, message: r.message, origin: r.origin } });
  const answer = await guardedFetch(url, { method: "POST", maxRedirects: 0, body, headers: webhookHeaders(r.id, secret, body, now), timeoutMs: 10_000, signal: AbortSignal.timeout(30_000) });
  answer.body.on("error", () => undefined).destroy();
  if (answer.status < 200 || answer.status > 299) throw new Error(`the webhook answered ${answer.status}`);
}
