import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { checkCostServer } from "@/lib/costs/sources/check-cost-server";
import { costSourcePlace } from "@/lib/costs/sources/cost-source-place";
import { getCostSource } from "@/lib/costs/sources/get-cost-source";
import type { CostSourceDto, PutCostSource } from "@/lib/costs/sources/schema";
import { instanceOf, serverOf } from "@/lib/costs/sources/server-of";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { seal } from "@/lib/secrets/seal";
import { findTarget } from "@/lib/targets-catalogue/find-target";

/** Sets a target's cost source, asks it once, and keeps what it said: one that does not answer yet is kept, and shown as such. Collection begins at once. */
export async function putCostSource(actor: Actor, slug: string, { kind, url, header }: PutCostSource, now = new Date()): Promise<CostSourceDto> {
  requirePermission(actor, "target.manage", null);
  const target = await findTarget(slug);
  if (target.kind === "local") throw new AppError("unprocessable", "Nobody bills this machine: its cost is replica time × the profile's price, and it takes no other source.");
  const before = await db().targetCostSource.findUnique({ where: { targetId: target.id } });
  // A kept header goes only where it went before.
  const kept = before && header && before.url === url && before.headerName?.toLowerCase() === header.name.toLowerCase() ? serverOf(target, before).header?.value : undefined;
  const value = header?.value ?? kept;
  if (header && value === undefined) throw new AppError("unprocessable", "Give the header's value. It is kept only for the same address and name.", { fields: [{ path: "header.value", message: "must be given" }] });
  const health = await checkCostServer({ kind, url, header: header && value !== undefined ? { name: header.name, value } : null, instance: instanceOf(target.config) }, now);
  const data = {
    kind, url, headerName: header?.name ?? null, header: value === undefined ? null : new Uint8Array(Buffer.from(seal(value, costSourcePlace(slug)), "utf8")),
    health, checkedAt: now, fetchError: null, nextFetchAt: now, ...(before && before.url === url && before.kind === kind ? {} : { fetchedUntil: null }),
  };
  await db().$transaction(async (tx) => {
    await tx.targetCostSource.upsert({ where: { targetId: target.id }, create: { targetId: target.id, ...data }, update: data });
    await writeAudit(tx, actor, { action: "cost-source.set", subject: { kind: "target", id: slug }, detail: { kind, url, header: header?.name ?? null } });
  });
  return getCostSource(actor, slug);
}
