import { expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { createChannel, testChannel } from "@/lib/alerts/channels";
import { createSilence } from "@/lib/alerts/silences";
import { db } from "@/lib/db/client";
import { makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";

// What a deployer may do here goes to people outside, in the name of whoever runs Slipway.
useTestDatabase({ SLIPWAY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64") });

it("a channel is no way to fill somebody's mailbox: five tests in ten minutes, thirty callers at once included, then again later", async () => {
  const { projectId } = await makeWorld();
  const { slug } = await db().project.findUniqueOrThrow({ where: { id: projectId } });
  const channel = await createChannel(tester, projectId, { kind: "email", name: "mail", to: ["somebody@example.com"] });
  const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => testChannel(tester, { id: projectId, slug }, channel.id)));
  expect(outcomes.filter((o) => o.status === "fulfilled")).toHaveLength(5);
  for (const o of outcomes) if (o.status === "rejected") expect(o.reason).toMatchObject({ code: "rate_limited", retryAfterSeconds: 60 });
  expect(await testChannel(tester, { id: projectId, slug }, channel.id, new Date(Date.now() + 11 * 60_000))).toMatchObject({ state: "waiting" });
});

it("silences of a project end at a hundred that are on, in words; one that is over makes room", async () => {
  const { projectId } = await makeWorld();
  const now = new Date();
  await db().alertSilence.createMany({ data: Array.from({ length: 100 }, () => ({ projectId, reason: "x", startsAt: now, endsAt: new Date(now.getTime() + 3_600_000), createdBy: "t" })) });
  await expect(createSilence(tester, projectId, { rule: null, deployment: null, minutes: 5, reason: "one more" }, now)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("100 silences") });
  expect(await createSilence(tester, projectId, { rule: null, deployment: null, minutes: 5, reason: "later" }, new Date(now.getTime() + 3_600_001))).toMatchObject({ reason: "later" });
});
