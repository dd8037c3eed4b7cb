import { z } from "zod";
import { isoTime } from "@/lib/api/schema";
import { ENCODINGS } from "@/lib/leads/import/decode";
import { LIST_FIELDS, type ListField } from "@/lib/leads/import/fields";
import { DELIMITERS } from "@/lib/leads/import/delimiters";

/** Bytes and rows of a list, at most. */
export const MOST_BYTES = 64 * 1024 * 1024;
export const MOST_ROWS = 100_000;

const fieldNames = LIST_FIELDS.map((f) => f.value) as [ListField, ...ListField[]];
export const encodingSchema = z.enum(ENCODINGS);
export const delimiterSchema = z.enum(DELIMITERS);
export const mappingSchema = z.record(z.string().regex(/^\d{1,3}$/, "must be the number of a column, from 0"), z.enum(fieldNames))
  .refine((m) => new Set(Object.values(m)).size === Object.keys(m).length, "gives one field to two columns")
  .refine((m) => ["company", "website", "email"].some((f) => Object.values(m).includes(f as ListField)), "needs a company, a website or an e-mail address");

export const listCountsSchema = z.object({
  created: z.number().int(), merged: z.number().int().meta({ description: "Known companies that something was added to" }), unchanged: z.number().int(), peopleCreated: z.number().int(), peopleKnown: z.number().int(), refused: z.number().int(),
});
export type ListCounts = z.infer<typeof listCountsSchema>;
export const NO_COUNTS: ListCounts = { created: 0, merged: 0, unchanged: 0, peopleCreated: 0, peopleKnown: 0, refused: 0 };

export const leadListSchema = z.object({
  id: z.uuid(), filename: z.string(), bytes: z.number().int(), encoding: encodingSchema, delimiter: delimiterSchema, headers: z.array(z.string()), mapping: mappingSchema.nullable(), origin: z.string().nullable(), basis: z.string().nullable(),
  state: z.enum(["uploaded", "checking", "checked", "importing", "done", "failed"]), rowsDone: z.number().int(), rows: z.number().int().nullable().meta({ description: "In all; null before the check" }),
  counts: listCountsSchema.meta({ description: "Of the check, then of the import: what would be, then what was" }), fault: z.string().nullable(), createdBy: z.string(), createdAt: isoTime, finishedAt: isoTime.nullable(),
}).meta({ id: "LeadList" });
export type LeadListDto = z.infer<typeof leadListSchema>;

export const uploadListQuery = z.object({ filename: z.string().trim().min(1).max(200).regex(/^[^\p{C}/\\]+$/u, "must be a file's name") });
export const previewQuery = z.object({ encoding: encodingSchema.optional(), delimiter: delimiterSchema.optional() });
export const previewSchema = z.object({
  encoding: encodingSchema, delimiter: delimiterSchema, headers: z.array(z.string()), rows: z.array(z.array(z.string())).meta({ description: "The first ten" }),
  preset: z.string().nullable().meta({ description: "The preset that knows most of the headings" }), mappings: z.record(z.string(), z.record(z.string(), z.enum(fieldNames))).meta({ description: "What each preset would make of the columns" }),
});
export type PreviewDto = z.infer<typeof previewSchema>;

const words = (max: number) => z.string().trim().min(1, "must not be empty").max(max);
export const checkListSchema = z.strictObject({
  encoding: encodingSchema, delimiter: delimiterSchema, mapping: mappingSchema,
  origin: words(300).meta({ description: "Where the list comes from. Stands at each company and person that it brings" }),
  basis: words(300).meta({ description: "Why their data may be kept, such as a consent or a legitimate interest" }),
}).meta({ id: "CheckLeadList" });

export const refusedRowSchema = z.object({ line: z.number().int(), reason: z.string(), cells: z.array(z.string()) });
export const refusedQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(500).optional(), format: z.enum(["json", "csv"]).default("json") });
