import { z } from "zod";
import { isoTime } from "@/lib/api/schema";
import { ageInDays, STALE_AFTER_DAYS } from "@/lib/costs/quote";
import { db } from "@/lib/db/client";
import { awsAccounts } from "@/lib/prices/aws-account";
import { READING_KINDS, type ReadingKind } from "@/lib/prices/reading";

export const priceReadingSchema = z.object({
  kind: z.enum(READING_KINDS), region: z.string().describe("world: of all regions"),
  source: z.string().nullable(), asOf: isoTime.nullable().describe("Of the figures in use; null: nothing was read yet, and what ships with Slipway is used"),
  ageDays: z.number().int().nonnegative().nullable(), stale: z.boolean(),
  triedAt: isoTime, problem: z.string().nullable().describe("Why the last try failed; what was read before is kept"),
  account: z.string().nullable().describe("The target whose AWS credentials asked"),
}).meta({ id: "PriceReading", description: "What was read of AWS, and how the last try went" });
export type PriceReadingDto = z.infer<typeof priceReadingSchema>;

export const priceReadingsSchema = z.object({ items: z.array(priceReadingSchema), accounts: z.array(z.string()).describe("Targets whose AWS credentials can read prices; none: connect an EKS cluster") });

const STALE_AFTER: Record<ReadingKind, number> = { "on-demand": STALE_AFTER_DAYS.onDemand, spot: STALE_AFTER_DAYS.spot, "spot-advisor": STALE_AFTER_DAYS.spot, "accelerator-memory": 365 };

/** How reading prices goes: each kind and region, with its age and the last problem. */
export async function listReadings(now = new Date()): Promise<z.infer<typeof priceReadingsSchema>> {
  const [rows, targets] = await Promise.all([
    db().priceReading.findMany({ orderBy: [{ region: "asc" }, { kind: "asc" }], select: { kind: true, region: true, source: true, asOf: true, triedAt: true, problem: true, account: true } }),
    db().target.findMany({ where: { kind: "eks" }, orderBy: { createdAt: "asc" }, select: { slug: true, config: true, credentials: true } }),
  ]);
  return {
    items: rows.map((r) => {
      const ageDays = r.asOf ? ageInDays(r.asOf.toISOString(), now) : null;
      return {
        ...r, kind: r.kind as ReadingKind, asOf: r.asOf?.toISOString() ?? null, triedAt: r.triedAt.toISOString(), ageDays, stale: ageDays !== null && ageDays > STALE_AFTER[r.kind as ReadingKind],
      };
    }),
    accounts: awsAccounts(targets).map((a) => a.target),
  };
}
