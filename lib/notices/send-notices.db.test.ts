import { expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { db } from "@/lib/db/client";
import { sendNotices } from "@/lib/notices/send-notices";
import { makeWorld } from "@/lib/reconciler/__fixtures__/deploy-world";

useTestDatabase({ SMTP_URL: "smtp://127.0.0.1:1" });

it("tells owners and platform people of a budget passed, again after a mail server that was down, and then never again", async () => {
  const { projectId } = await makeWorld();
  const environment = await db().environment.findFirstOrThrow({ where: { projectId } });
  await db().user.create({ data: { id: "pat", name: "Pat", email: "pat@example.com", instanceRole: "platform" } });
  await db().user.create({ data: { id: "dora", name: "Dora", email: "dora@example.com" } });
  const now = new Date();
  await db().budgetAlert.create({ data: { environmentId: environment.id, month: "2026-11", thresholdPercent: 80, budgetUsd: 100, spentUsd: 84, at: now } });
  const sent: string[] = [];
  const log = { warn: () => undefined };
  expect(await sendNotices(now, log, async () => { throw new Error("down"); })).toBe(0);
  const send = async (m: { to: string; subject: string; text: string }) => void sent.push(`${m.to}: ${m.subject}`);
  expect(await sendNotices(now, log, send)).toBe(1);
  expect(await sendNotices(now, log, send)).toBe(0);
  expect(sent).toEqual([expect.stringMatching(/^pat@example\.com: .*80% of the budget for November 2026 is spent$/)]);
});
