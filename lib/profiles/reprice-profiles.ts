import { db } from "@/lib/db/client";
import { currentFigures } from "@/lib/prices/current-figures";
import { perMonth } from "@/lib/profiles/catalogue";
import { estimateLocalPrice, localPricing } from "@/lib/profiles/local-pricing";
import { putAwsProfiles, putTargetProfiles } from "@/lib/profiles/put-profiles";
import type { Profile } from "@/lib/profiles/schema";
import { regionOf } from "@/lib/targets-catalogue/region-of";

/**
 * Writes the newest figures into every profile that rests on them. What is deployed keeps the price it was deployed with; the next
 * revision takes the new one.
 */
export async function repriceProfiles(now: Date): Promise<void> {
  const figures = await currentFigures();
  await putAwsProfiles(figures, now);
  for (const target of await db().target.findMany({ where: { kind: { in: ["kubernetes", "eks"] } } })) await putTargetProfiles(target.kind, regionOf(target), now, figures);
  const pricing = localPricing(now, figures);
  if (!pricing) return;
  // This machine's shares were measured where the gateway runs; only their price is made anew.
  for (const row of await db().profile.findMany({ where: { targetKind: "local" } })) {
    const profile = row.body as Profile;
    const price = estimateLocalPrice(profile, pricing, now);
    await db().profile.update({ where: { id: row.id }, data: { body: { ...profile, price, pricePerMonth: perMonth(price) } } });
  }
}
