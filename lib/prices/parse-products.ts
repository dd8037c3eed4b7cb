import { z } from "zod";

const offerSchema = z.object({
  product: z.object({ attributes: z.object({ instanceType: z.string(), operation: z.string().optional(), usagetype: z.string().optional() }).loose() }),
  terms: z.object({
    OnDemand: z.record(z.string(), z.object({ priceDimensions: z.record(z.string(), z.object({ unit: z.string(), pricePerUnit: z.record(z.string(), z.string()) })) })),
  }),
});

/**
 * USD an hour by instance type, of entries of a GetProducts answer (JSON text each). Left out: types that are not `wanted`, entries that
 * are no price in USD an hour or are 0 (reserved capacity), and types of which two entries disagree: which one holds cannot be told.
 */
export function parseProducts(priceList: readonly string[], wanted: ReadonlySet<string>): Map<string, number> {
  const found = new Map<string, number>();
  const torn = new Set<string>();
  for (const text of priceList) {
    const offer = offerSchema.safeParse(parsed(text));
    if (!offer.success) continue;
    const { instanceType, operation } = offer.data.product.attributes;
    // RunInstances without a suffix is plain Linux; with one it is an operating system or database with a licence.
    if (!wanted.has(instanceType) || (operation !== undefined && operation !== "RunInstances")) continue;
    for (const term of Object.values(offer.data.terms.OnDemand)) {
      for (const { unit, pricePerUnit } of Object.values(term.priceDimensions)) {
        const usd = Number(pricePerUnit.USD);
        if (unit !== "Hrs" || !(usd > 0) || !Number.isFinite(usd)) continue;
        if (found.has(instanceType) && found.get(instanceType) !== usd) torn.add(instanceType);
        found.set(instanceType, usd);
      }
    }
  }
  for (const type of torn) found.delete(type);
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
