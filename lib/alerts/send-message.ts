import type { ChannelConfig } from "@/lib/alerts/channel-config";
import { signedRequest, slackRequest, titleOf } from "@/lib/alerts/message-request";
import type { AlertMessage } from "@/lib/alerts/schema";
import { AppError } from "@/lib/errors";
import { mailIsConfigured, sendMail } from "@/lib/mail/send-mail";
import { guardedFetch, type GuardedFetchOptions } from "@/lib/net/guarded-fetch";

export type Reach = Pick<GuardedFetchOptions, "allow" | "lookup">;
const TIMEOUT_MS = 10_000;

/** Sends one message. Throws AppError when it was not taken; `gone` when the receiver wants none any more. Redirects are not followed. */
export async function messageRequest(config: ChannelConfig, m: AlertMessage, id: string, now: Date, reach: Reach): Promise<void> {
  if (config.kind === "email") {
    if (!mailIsConfigured()) throw new AppError("bad_gateway", "No mail server is set (SMTP_URL).");
    for (const to of config.to) await sendMail({ to, subject: titleOf(m), text: `${m.text}\n\n${m.url}\n` });
    return;
  }
  const { headers, body } = config.kind === "webhook" ? signedRequest(m, id, config.secret, now) : slackRequest(m);
  const answer = await guardedFetch(config.url, { ...reach, method: "POST", headers, body, maxRedirects: 0, timeoutMs: TIMEOUT_MS, signal: AbortSignal.timeout(3 * TIMEOUT_MS) });
  answer.body.on("error", () => undefined).destroy();
  if (answer.status === 410) throw new AppError("gone", "The receiver answered 410: it wants no more messages.");
  if (answer.status < 200 || answer.status > 299) throw new AppError("bad_gateway", `The receiver answered ${answer.status}.`);
}
