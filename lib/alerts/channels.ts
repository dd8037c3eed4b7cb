import { randomBytes, randomUUID } from "node:crypto";
import type { z } from "zod";
import { sealChannel, type ChannelConfig } from "@/lib/alerts/channel-config";
import { titleOf } from "@/lib/alerts/message-request";
import type { AlertMessage, ChannelDto, createChannelSchema, DeliveryDto, MadeChannel } from "@/lib/alerts/schema";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";

const SHOWN = 100;
/** Test messages of a channel in so many minutes: they go to whatever addresses a deployer writes down, in the operator's name. */
const TESTS = { most: 5, minutes: 10 };

export async function listChannels(projectIds: string[]): Promise<ChannelDto[]> {
  const rows = await db().alertChannel.findMany({ where: { projectId: { in: projectIds } }, include: { project: { select: { slug: true } } }, orderBy: { name: "asc" }, take: 200 });
  const counts = await db().alertDelivery.groupBy({ by: ["channelId", "state"], where: { channelId: { in: rows.map((r) => r.id) }, state: { in: ["waiting", "dead"] } }, _count: true });
  const failing = await db().alertDelivery.groupBy({ by: ["channelId"], where: { channelId: { in: rows.map((r) => r.id) }, state: "waiting", lastError: { not: null } }, _count: true });
  const count = (id: string, state: string) => counts.find((c) => c.channelId === id && c.state === state)?._count ?? 0;
  return rows.map((r) => ({ id: r.id, project: r.project.slug, name: r.name, kind: r.kind as ChannelDto["kind"], shown: r.shown, disabledWhy: r.disabledWhy, waiting: count(r.id, "waiting"), failing: failing.find((f) => f.channelId === r.id)?._count ?? 0, dead: count(r.id, "dead"), createdAt: r.createdAt.toISOString() }));
}

/** Adds a channel. A webhook's secret is in this answer and in no other. */
export async function createChannel(actor: Actor, projectId: string, input: z.output<typeof createChannelSchema>): Promise<MadeChannel> {
  requirePermission(actor, "deployment.write", projectId);
  const id = randomUUID();
  const secret = input.kind === "webhook" ? `whsec_${randomBytes(32).toString("base64")}` : null;
  const config: ChannelConfig = input.kind === "webhook" ? { kind: "webhook", url: input.url, secret: secret! } : input.kind === "slack" ? { kind: "slack", url: input.url } : { kind: "email", to: input.to };
  const shown = input.kind === "email" ? input.to.join(", ") : new URL(input.url).host;
  await db().$transaction(async (tx) => {
    if ((await tx.alertChannel.count({ where: { projectId } })) >= 20) throw new AppError("conflict", "A project may have 20 alert channels. Delete one first.");
    if (await tx.alertChannel.findUnique({ where: { projectId_name: { projectId, name: input.name } } })) throw new AppError("already_exists", `There is a channel named ${input.name}. Choose another name.`);
    await tx.alertChannel.create({ data: { id, projectId, name: input.name, kind: input.kind, shown, sealed: sealChannel(id, config), createdBy: actor.label } });
    await writeAudit(tx, actor, { action: "alert-channel.create", subject: { kind: "alert-channel", id }, projectId, detail: { name: input.name, kind: input.kind, shown } });
  });
  return { ...(await getChannel(projectId, id)), secret };
}

async function getChannel(projectId: string, id: string): Promise<ChannelDto> {
  const found = (await listChannels([projectId])).find((c) => c.id === id);
  if (!found) throw notFound("alert channel");
  return found;
}

export async function deleteChannel(actor: Actor, projectId: string, id: string): Promise<void> {
  requirePermission(actor, "deployment.write", projectId);
  await db().$transaction(async (tx) => {
    if ((await tx.alertChannel.deleteMany({ where: { id, projectId } })).count === 0) throw notFound("alert channel");
    await tx.$executeRaw`UPDATE "AlertRule" SET "channelIds" = array_remove("channelIds", ${id}::uuid) WHERE "projectId" = ${projectId}::uuid`;
    await writeAudit(tx, actor, { action: "alert-channel.delete", subject: { kind: "alert-channel", id }, projectId });
  });
}

/** Queues a message that says it is a test. Throws rate_limited where several were asked for in a short time. */
export async function testChannel(actor: Actor, project: { id: string; slug: string }, id: string, now = new Date()): Promise<DeliveryDto> {
  requirePermission(actor, "deployment.write", project.id);
  await getChannel(project.id, id);
  const payload: AlertMessage = { id: randomUUID(), event: "test", rule: "Test", subject: project.slug, project: project.slug, severity: "warning", text: `${actor.label} asked for this message. Nothing is the matter.`, at: now.toISOString(), url: new URL(`/app/${project.slug}/deployments`, env().baseUrl).href };
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "AlertChannel" WHERE id = ${id}::uuid FOR UPDATE`; // so that callers at the same moment are counted one after another
    const since = new Date(now.getTime() - TESTS.minutes * 60_000);
    if ((await tx.alertDelivery.count({ where: { channelId: id, event: "test", createdAt: { gt: since } } })) >= TESTS.most) throw new AppError("rate_limited", `A channel is tested at most ${TESTS.most} times in ${TESTS.minutes} minutes. Wait, then try again.`, { retryAfterSeconds: 60 });
    const row = await tx.alertDelivery.create({ data: { projectId: project.id, channelId: id, dedupeKey: `${payload.id}:test`, event: "test", payload, nextAttemptAt: now } });
    await writeAudit(tx, actor, { action: "alert-channel.test", subject: { kind: "alert-channel", id }, projectId: project.id });
    return presentDelivery(row);
  });
}

/** The newest messages of a channel; `dead` only those that were given up. */
export async function listDeliveries(projectId: string, channelId: string, state: "all" | "dead"): Promise<DeliveryDto[]> {
  await getChannel(projectId, channelId);
  return (await db().alertDelivery.findMany({ where: { projectId, channelId, ...(state === "dead" ? { state } : {}) }, orderBy: { id: "desc" }, take: SHOWN })).map(presentDelivery);
}

/** Sends a message again that was given up, under its own id, with all its attempts before it. */
export async function replayDelivery(actor: Actor, projectId: string, id: string, now = new Date()): Promise<DeliveryDto> {
  requirePermission(actor, "deployment.write", projectId);
  return db().$transaction(async (tx) => {
    const row = await tx.alertDelivery.findFirst({ where: { id, projectId } });
    if (!row) throw notFound("delivery");
    const changed = await tx.alertDelivery.updateMany({ where: { id, projectId, state: "dead" }, data: { state: "waiting", attempts: 0, nextAttemptAt: now, leaseUntil: null } });
    if (changed.count === 0) throw new AppError("conflict", "Only a message that was given up can be sent again.");
    await tx.alertChannel.updateMany({ where: { id: row.channelId, projectId }, data: { disabledWhy: null } });
    await writeAudit(tx, actor, { action: "alert-delivery.replay", subject: { kind: "alert-delivery", id }, projectId });
    return presentDelivery(await tx.alertDelivery.findUniqueOrThrow({ where: { id } }));
  });
}

type Row = { id: string; event: string; payload: unknown; state: string; attempts: number; nextAttemptAt: Date; lastError: string | null; deliveredAt: Date | null; createdAt: Date };
const presentDelivery = (r: Row): DeliveryDto => ({
  id: r.id, event: r.event as DeliveryDto["event"], title: titleOf(r.payload as AlertMessage), state: r.state as DeliveryDto["state"], attempts: r.attempts, nextAttemptAt: r.state === "waiting" ? r.nextAttemptAt.toISOString() : null,
  lastError: r.lastError, deliveredAt: r.deliveredAt?.toISOString() ?? null, createdAt: r.createdAt.toISOString(),
});
