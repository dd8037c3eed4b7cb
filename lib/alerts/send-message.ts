import { createHash } from "node:crypto";
import type { ChannelConfig } from "@/lib/alerts/channel-config";
import { signedRequest, slackRequest, titleOf } from "@/lib/alerts/message-request";
import type { AlertMessage } from "@/lib/alerts/schema";
import { AppError } from "@/lib/errors";
import { mailIsConfigured, sendMail } from "@/lib/mail/send-mail";
import { guardedFetch, type GuardedFetchOptions } from "@/lib/net/guarded-fetch";

export type Reach = Pick<GuardedFetchOptions, "allow" | "lookup">;
const TIMEOUT_MS = 10_000;

/** Who of several has a message already, by hashes, and where that is written down as soon as one more has. */
export type Taken = { by: readonly string[]; add: (hash: string) => Promise<void> };

/** Sends one message. Throws AppError when it was not taken; `gone` when the receiver wants none any more. Redirects are not followed. */
export async function messageRequest(config: ChannelConfig, m: AlertMessage, id: string, now: Date, reach: Reach, taken: Taken = { by: [], add: async () => undefined }): Promise<void> {
  if (config.kind === "email") return mailEach(config.to, m, id, taken);
  const { headers, body } = config.kind === "webhook" ? signedRequest(m, id, config.secret, now) : slackRequest(m);
  const answer = await guardedFetch(config.url, { ...reach, method: "POST", headers, body, maxRedirects: 0, timeoutMs: TIMEOUT_MS, signal: AbortSignal.timeout(3 * TIMEOUT_MS) });
  answer.body.on("error", () => undefined).destroy();
  if (answer.status === 410) throw new AppError("gone", "The receiver answered 410: it wants no more messages.");
  if (answer.status < 200 || answer.status > 299) throw new AppError("bad_gateway", `The receiver answered ${answer.status}.`);
}

/** Each address has a mail of its own, once: one that is not taken keeps none of the others, and the next attempt goes to it alone. */
async function mailEach(addresses: readonly string[], m: AlertMessage, id: string, taken: Taken): Promise<void> {
  if (!mailIsConfigured()) throw new AppError("bad_gateway", "No mail server is set (SMTP_URL).");
  const refused: unknown[] = [];
  for (const to of addresses) {
    const hash = createHash("sha256").update(`${id} ${to}`).digest("base64url");
    if (taken.by.includes(hash)) continue;
    try {
      await sendMail({ to, subject: titleOf(m), text: `${m.text}\n\n${m.url}\n` });
    } catch (error) {
      refused.push(error);
      continue;
    }
    await taken.add(hash);
  }
  if (refused.length === 0) return;
  if (refused.length === addresses.length) throw refused[0];
  throw new AppError("bad_gateway", `The mail server did not take the message for ${refused.length} of ${addresses.length} addresses; the others have it.`, { cause: refused[0] });
}
