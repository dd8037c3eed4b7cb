import { createHmac } from "node:crypto";

/**
 * Headers of a message by Standard Webhooks: its id, the time in Unix seconds, and the HMAC-SHA-256 of both and the body by the secret,
 * base64 after `whsec_`. Source: standardwebhooks.com.
 */
export function webhookHeaders(id: string, secret: string, body: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signature = createHmac("sha256", Buffer.from(secret.replace(/^whsec_/, ""), "base64")).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "content-type": "application/json", "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}
