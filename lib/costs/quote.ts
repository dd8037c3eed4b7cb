import { z } from "zod";

/**
 * Days after which a price is marked stale. AWS changes on-demand list prices a few times a year; a spot figure describes the month
 * before it. An older figure is still shown, but it says so.
 */
export const STALE_AFTER_DAYS = { onDemand: 90, spot: 30 } as const;

/** What to say where a Quote is null. */
export const NO_PRICE = "no price on file";

export const quoteSchema = z
  .object({
    value: z.number().nonnegative().describe("Price in `unit`"),
    unit: z.literal("USD/h"),
    region: z.string().nullable().describe("AWS region the price is of"),
    source: z.string().describe("Where the figure comes from, in words"),
    asOf: z.iso.datetime({ offset: true }).describe("When the source recorded it; of a composed price, the older of its dates"),
    staleAfterDays: z.number().positive(),
    ageDays: z.number().int().nonnegative(),
    stale: z.boolean(),
    estimate: z.boolean().default(false).describe("true: not a price anyone charges, but derived from such prices"),
    note: z.string().optional().describe("How the figure was made, where that is not plain"),
  })
  .meta({ id: "Quote", description: "A price with its source and age" });

export type Quote = z.infer<typeof quoteSchema>;

export type QuoteInput = Pick<Quote, "value" | "region" | "source" | "asOf"> & Partial<Pick<Quote, "staleAfterDays" | "estimate" | "note">>;

const DAY_MS = 86_400_000;

/** Whole days between `asOf` and `now`; a date in the future (clock skew) has age 0. */
export const ageInDays = (asOf: string, now: Date) => Math.max(0, Math.floor((now.getTime() - Date.parse(asOf)) / DAY_MS));

/** Builds a Quote, its age and staleness as of `now`. Throws RangeError when the value is negative or not finite, or the date is none. */
export function makeQuote(input: QuoteInput, now: Date): Quote {
  if (!Number.isFinite(input.value) || input.value < 0) throw new RangeError("A price must be a finite number and not negative.");
  if (Number.isNaN(Date.parse(input.asOf))) throw new RangeError("A quote needs the date of its source.");
  const staleAfterDays = input.staleAfterDays ?? STALE_AFTER_DAYS.onDemand;
  const ageDays = ageInDays(input.asOf, now);
  return {
    value: input.value, unit: "USD/h", region: input.region, source: input.source, asOf: input.asOf, staleAfterDays, ageDays,
    stale: ageDays > staleAfterDays, estimate: input.estimate ?? false, ...(input.note === undefined ? {} : { note: input.note }),
  };
}

/** The same quote seen at `now`: a stored quote must be aged before it is shown. */
export const ageQuote = (quote: Quote, now: Date): Quote => makeQuote(quote, now);
