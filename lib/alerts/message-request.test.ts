import { Webhook } from "standardwebhooks";
import { expect, it } from "vitest";
import { signedRequest, slackRequest } from "@/lib/alerts/message-request";
import type { AlertMessage } from "@/lib/alerts/schema";

const message: AlertMessage = { id: "i", event: "fired", rule: "<!channel> slow", subject: "iris", project: "p", severity: "critical", text: "p99 & more", at: "2026-11-01T00:00:00.000Z", url: "http://127.0.0.1:3000/app/p/deployments/iris" };
const secret = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;

it("is taken by the reference implementation of Standard Webhooks, and refused once a character changed", () => {
  const { headers, body } = signedRequest(message, "msg_1", secret, new Date());
  expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: "alert.fired", data: { subject: "iris" } });
  expect(() => new Webhook(secret).verify(body.replace("iris", "irjs"), headers)).toThrow();
  expect(() => new Webhook(secret).verify(body, { ...headers, "webhook-id": "msg_2" })).toThrow();
});

it("a name calls nobody in Slack", () => {
  expect(slackRequest(message).body).not.toContain("<!channel>");
});

it("Slack gets a title, the words and a link, in the shape of its incoming webhooks", () => {
  const { headers, body } = slackRequest({ ...message, rule: "slow", event: "resolved" });
  expect(headers).toEqual({ "content-type": "application/json" });
  expect(JSON.parse(body)).toEqual({
    text: "Resolved: slow, p/iris",
    blocks: [{ type: "section", text: { type: "mrkdwn", text: "*Resolved: slow, p/iris*\np99 &amp; more\n<http://127.0.0.1:3000/app/p/deployments/iris|Open in Slipway>" } }],
  });
});
