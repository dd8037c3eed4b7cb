import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { putTargetProfiles } from "@/lib/profiles/put-profiles";
import { announceTargets } from "@/lib/targets-catalogue/announce-target";
import { findTarget } from "@/lib/targets-catalogue/find-target";
import { getTarget } from "@/lib/targets-catalogue/get-target";
import { targetEtag } from "@/lib/targets-catalogue/present-target";
import { regionOf } from "@/lib/targets-catalogue/region-of";
import { readConnection, type ReadConnection } from "@/lib/targets-catalogue/read-connection";
import type { updateTargetSchema } from "@/lib/targets-catalogue/schema";
import { connectionConfigOf, sealCredentials } from "@/lib/targets/kubernetes/connection";
import { readSettings, targetSettingsSchema } from "@/lib/targets/kubernetes/target-settings";

type Input = z.output<typeof updateTargetSchema>;

/** Settings that are part of every object's name: with deployments there, another value would leave the old ones behind. */
const FIXED_WHILE_USED = ["namespacePrefix"] as const;

/** Changes name, settings or credentials of a target. With `ifMatch`, only when nobody changed it since (412). */
export async function updateTarget(actor: Actor, slug: string, ifMatch: string | null, input: Input) {
  requirePermission(actor, "target.manage", null);
  const before = await findTarget(slug);
  if (before.kind === "local" && (input.connection || input.settings)) throw new AppError("unprocessable", "This machine has neither a connection nor settings; only its name can be changed.");
  if (ifMatch !== null && ifMatch !== targetEtag(before)) throw stale();
  const connection = input.connection ? await readReplacement(before, input.connection) : null;
  const settings = input.settings ? merged(before, input.settings) : undefined;
  if (settings && before.kind !== "local") await putTargetProfiles(before.kind, regionOf({ ...before, settings }));
  await db().$transaction(async (tx) => {
    const changed = await tx.target.updateMany({
      where: { id: before.id, version: before.version },
      data: { name: input.displayName, settings, version: { increment: 1 }, ...(connection ? { config: connection.config, credentials: connection.credentials && sealCredentials(slug, connection.credentials) } : {}) },
    });
    if (changed.count === 0) throw stale();
    await announceTargets(tx);
    await writeAudit(tx, actor, { action: "target.update", subject: { kind: "target", id: slug }, detail: { displayName: input.displayName, settings: input.settings, ...(connection ? { config: connection.config } : {}) } });
  });
  return getTarget(actor, slug);
}

const stale = () => new AppError("precondition_failed", "Somebody changed this target since you read it. Read it again, then repeat your change.");

type Before = Awaited<ReturnType<typeof findTarget>>;

/** The mark of this Slipway stays, so that what it made there stays its own. Another kind of cluster is another target. */
async function readReplacement(before: Before, connection: NonNullable<Input["connection"]>): Promise<ReadConnection> {
  const kind = connection.type === "eks" ? "eks" : "kubernetes";
  if (before.kind !== kind) throw new AppError("unprocessable", `This target is ${before.kind === "eks" ? "an EKS cluster" : "a Kubernetes cluster"}. Connect the other one as a target of its own.`, { fields: [{ path: "connection.type", message: "cannot be changed" }] });
  const now = connectionConfigOf(before);
  if (now.auth === "eks" && connection.type === "eks" && before._count.deployments > 0 && (now.clusterName !== connection.clusterName || now.region !== connection.region)) {
    throw new AppError("conflict", `There are deployments on ${now.clusterName}. Connect the other cluster as a target of its own.`);
  }
  return readConnection(connection, now.instance);
}

function merged(before: Before, change: NonNullable<Input["settings"]>) {
  const old = readSettings(before.settings);
  const next = targetSettingsSchema.parse(Object.fromEntries(Object.entries({ ...old, ...change }).filter(([, value]) => value !== null && value !== undefined)));
  const fixed = FIXED_WHILE_USED.find((name) => next[name] !== old[name]);
  if (fixed && before._count.deployments > 0) throw new AppError("conflict", "The namespace prefix is part of the names of what runs there. Delete the deployments first.", { fields: [{ path: `settings.${fixed}`, message: "cannot be changed while there are deployments" }] });
  return next;
}
