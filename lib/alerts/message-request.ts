import type { AlertMessage } from "@/lib/alerts/schema";
import { webhookHeaders } from "@/lib/notices/webhook-headers";

export type Outgoing = { headers: Record<string, string>; body: string };

export const titleOf = (m: AlertMessage): string => (m.event === "test" ? `Test from Slipway: ${m.project}` : `${m.event === "fired" ? (m.severity === "critical" ? "CRITICAL" : "Warning") : "Resolved"}: ${m.rule}, ${m.project}/${m.subject}`);

export function signedRequest(m: AlertMessage, id: string, secret: string, now: Date): Outgoing {
  const body = JSON.stringify({ type: `alert.${m.event}`, timestamp: m.at, data: m });
  return { body, headers: webhookHeaders(id, secret, body, now) };
}

/** In Slack's mark-up three characters mean something. */
const plain = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** What Slack's incoming webhooks take, and Mattermost's and others that follow them. */
export function slackRequest(m: AlertMessage): Outgoing {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify({ text: plain(titleOf(m)), blocks: [{ type: "section", text: { type: "mrkdwn", text: `*${plain(titleOf(m))}*\n${plain(m.text)}\n<${m.url}|Open in Slipway>` } }] }) };
}
