import { z } from "zod";

/** What can be read, and whether it is one for each region. `world` stands for all of them. */
export const READING_KINDS = ["on-demand", "spot", "spot-advisor", "accelerator-memory"] as const;
export type ReadingKind = (typeof READING_KINDS)[number];
export const WORLD = "world";

const usdPerHour = z.number().positive();

/** Linux on-demand list prices of a region, USD an hour by instance type. */
export const onDemandReadingSchema = z.object({ prices: z.record(z.string(), usdPerHour) });

/** Spot prices in force in a region when it was read, by instance type: the middle one of its zones, and both ends. */
export const spotReadingSchema = z.object({
  prices: z.record(z.string(), z.object({ value: usdPerHour, lowest: usdPerHour, highest: usdPerHour, zones: z.number().int().positive() })),
});
export type SpotZones = z.infer<typeof spotReadingSchema>["prices"][string];

/** The Spot Advisor's file, Linux only, in the shape of the one that ships with Slipway. */
export const advisorReadingSchema = z.object({
  ranges: z.array(z.object({ index: z.number().int(), label: z.string(), max: z.number() })),
  regions: z.record(z.string(), z.record(z.string(), z.object({ r: z.number().int().min(0).max(4), s: z.number().max(100) }))),
});

/** Memory of one accelerator in MiB by instance type, where the file that ships does not tell. */
export const acceleratorReadingSchema = z.object({ memoryMibEach: z.record(z.string(), z.number().int().positive()) });

export const READING_SCHEMAS = { "on-demand": onDemandReadingSchema, spot: spotReadingSchema, "spot-advisor": advisorReadingSchema, "accelerator-memory": acceleratorReadingSchema };
export type ReadingData<K extends ReadingKind> = z.infer<(typeof READING_SCHEMAS)[K]>;

/** An answer, with where and when it is from. */
export type Answer<K extends ReadingKind = ReadingKind> = { data: ReadingData<K>; source: string; asOf: Date };

/** The last good answer of a kind and region. */
export type Reading = { [K in ReadingKind]: { kind: K; region: string; data: ReadingData<K>; source: string; asOf: string } }[ReadingKind];
