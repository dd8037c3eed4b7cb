import { createHmac } from "node:crypto";
import type { AlertMessage } from "@/lib/alerts/schema";

export type Outgoing = { headers: Record<string, string>; body: string };

export const titleOf = (m: AlertMessage): string => (m.event === "test" ? `Test from Slipway: ${m.project}` : `${m.event === "fired" ? (m.severity === "critical" ? "CRITICAL" : "Warning") : "Resolved"}: ${m.rule}, ${m.project}/${m.subject}`);

/** A message by Standard Webhooks: id, time and HMAC-SHA-256 of both and the body, by the secret after `whsec_`. */
export function signedRequest(m: AlertMessage, id: string, secret: string, now: Date): Outgoing {
  const body = JSON.stringify({ type: `alert.${m.event}`, timestamp: m.at, data: m });
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signature = createHmac("sha256", Buffer.from(secret.replace(/^whsec_/, ""), "base64")).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { body, headers: { "content-type": "application/json", "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` } };
}

/** In Slack's mark-up three characters mean something. */
const plain = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** What Slack's incoming webhooks take, and Mattermost's and others that follow them. */
export function slackRequest(m: AlertMessage): Outgoing {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify({ text: plain(titleOf(m)), blocks: [{ type: "section", text: { type: "mrkdwn", text: `*${plain(titleOf(m))}*\n${plain(m.text)}\n<${m.url}|Open in Slipway>` } }] }) };
}
