import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { onUniqueViolation } from "@/lib/db/unique-violation";
import { AppError } from "@/lib/errors";
import { putTargetProfiles } from "@/lib/profiles/put-profiles";
import { announceTargets } from "@/lib/targets-catalogue/announce-target";
import { getTarget } from "@/lib/targets-catalogue/get-target";
import { regionOf } from "@/lib/targets-catalogue/region-of";
import { newInstanceId, readConnection } from "@/lib/targets-catalogue/read-connection";
import type { createTargetSchema } from "@/lib/targets-catalogue/schema";
import { sealCredentials } from "@/lib/targets/kubernetes/connection";

/**
 * Connects a cluster: the connection is tried first, and what signs in is stored sealed. Throws already_exists, or in words why the
 * cluster cannot be reached with it. Workers take it up by themselves.
 */
export async function createTarget(actor: Actor, input: z.output<typeof createTargetSchema>) {
  requirePermission(actor, "target.manage", null);
  const taken = () => new AppError("already_exists", `There is a target named "${input.name}" already. Choose another name.`, { fields: [{ path: "name", message: "is taken" }] });
  if (await db().target.findUnique({ where: { slug: input.name }, select: { id: true } })) throw taken();
  const { kind, config, credentials } = await readConnection(input.connection, newInstanceId());
  const data = { slug: input.name, name: input.displayName ?? input.name, kind, config, credentials: credentials && sealCredentials(input.name, credentials), settings: input.settings ?? {} };
  await putTargetProfiles(kind, regionOf({ config, settings: data.settings, detected: {} }));
  await db().$transaction(async (tx) => {
    await tx.target.create({ data });
    await announceTargets(tx);
    await writeAudit(tx, actor, { action: "target.create", subject: { kind: "target", id: input.name }, detail: { kind, config, settings: data.settings } });
  }).catch(onUniqueViolation(taken));
  return getTarget(actor, input.name);
}
