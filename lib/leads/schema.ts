import { z } from "zod";
import { LEAD_STAGES } from "@/content/leads";
import { isoTime, pageQuery } from "@/lib/api/schema";
import { domainOf, emailOf } from "@/lib/leads/keys";

const STAGE_NAMES = LEAD_STAGES.map((s) => s.value);
export const leadStageSchema = z.enum(STAGE_NAMES as [(typeof STAGE_NAMES)[number], ...(typeof STAGE_NAMES)[number][]]);
export type LeadStage = z.infer<typeof leadStageSchema>;
export const LEAD_SORTS = ["-score", "score", "name", "-name", "next", "-next", "-created", "created"] as const;
export const LEAD_SOURCES = ["contact-form", "import", "manual"] as const;

const text = (max: number) => z.string().trim().max(max, `may have at most ${max} characters`);
const words = (max: number) => text(max).transform((v) => v || null).nullable();
const day = z.iso.date("must be a day such as 2026-11-30").refine((d) => d >= "1900" && d < "2200", "must be between 1900 and 2199");
const website = z.string().max(300).transform((v, ctx) => (v.trim() === "" ? null : (domainOf(v) ?? (ctx.addIssue({ code: "custom", message: "must be a website such as example.com" }), z.NEVER)))).nullable();
const count = z.number().int().min(0).max(10_000_000).nullable();
/** Of our own site: what begins with one slash. */
const ownPath = z.string().max(300).regex(/^\/(?![/\\])[^\s\\]*$/, "must be a path of this site, such as /calculator");

export const leadFilters = z.object({
  search: z.string().trim().max(200).optional().meta({ description: "Part of a company's name or domain, or of a person's name or address" }),
  stage: leadStageSchema.optional(),
  source: z.enum(LEAD_SOURCES).optional(),
  due: z.enum(["today", "none"]).optional().meta({ description: "today: the next step is due; none: there is no next step" }),
  minScore: z.coerce.number().int().min(0).max(100).optional(),
});
export const leadQuery = pageQuery.extend(leadFilters.shape).extend({ sort: z.enum(LEAD_SORTS).default("-score").meta({ description: "A minus turns it round; leads without a next step come last either way" }) });
export const leadExportQuery = leadFilters.extend({ format: z.enum(["csv", "json"]).default("csv") });

export const leadSchema = z.object({
  id: z.uuid(), name: z.string(), domain: z.string().nullable(), stage: leadStageSchema, score: z.number().int(), source: z.string(),
  nextStep: z.string().nullable(), nextStepOn: z.string().nullable(), people: z.number().int(),
  visits: z.number().int().meta({ description: "Of the tracked link, so far" }), lastVisitAt: isoTime.nullable(),
  createdAt: isoTime, etag: z.string().meta({ description: "For If-Match" }),
}).meta({ id: "Lead" });
export type LeadDto = z.infer<typeof leadSchema>;

const listOrigin = z.object({ list: z.string(), origin: z.string().nullable(), basis: z.string().nullable(), at: isoTime }).nullable().meta({ description: "The list that brought it: where that came from, and why it may be kept" });

export const leadDetailSchema = leadSchema.omit({ people: true }).extend({
  description: z.string().nullable(), industries: z.string().nullable(), technologies: z.string().nullable(), location: z.string().nullable(), linkedinUrl: z.string().nullable(),
  foundedYear: z.number().nullable(), employeesMin: z.number().nullable(), employeesMax: z.number().nullable(), fundingUsd: z.number().nullable(), lastFundingOn: z.string().nullable(), lastFundingType: z.string().nullable(),
  usesGpus: z.boolean().nullable(), buildsAi: z.boolean().nullable(), fromList: listOrigin,
  linkUrl: z.string(), linkPath: z.string(), stageAt: isoTime,
  workings: z.array(z.object({ rule: z.string(), points: z.number(), outOf: z.number(), why: z.string() })).meta({ description: "What each rule gave, and why" }),
  people: z.array(z.object({ id: z.uuid(), name: z.string(), email: z.string().nullable(), title: z.string().nullable(), linkedinUrl: z.string().nullable(), location: z.string().nullable(), createdAt: isoTime, fromList: listOrigin })),
  contacts: z.array(z.object({
    id: z.uuid(), at: isoTime, name: z.string(), email: z.string(), company: z.string().nullable(), message: z.string(), consent: z.string().meta({ description: "The sentence agreed to, as it stood in the form" }),
    origin: z.record(z.string(), z.string()), mailedAt: isoTime.nullable(), hookedAt: isoTime.nullable(), lastFault: z.string().nullable(),
  })),
  notes: z.array(z.object({ id: z.uuid(), text: z.string(), author: z.string(), createdAt: isoTime })),
  visitDays: z.array(z.object({ day: z.string(), count: z.number().int() })),
  history: z.array(z.object({ at: isoTime, who: z.string(), action: z.string(), detail: z.record(z.string(), z.unknown()) })).meta({ description: "The newest fifty, from the audit log" }),
}).meta({ id: "LeadDetail" });
export type LeadDetailDto = z.infer<typeof leadDetailSchema>;

const facts = {
  description: words(4000), industries: words(1000), technologies: words(2000), location: words(200), linkedinUrl: words(300),
  foundedYear: z.number().int().min(1600).max(2100).nullable(), employeesMin: count, employeesMax: count, fundingUsd: z.number().min(0).max(9e12).nullable(),
  lastFundingOn: day.nullable(), lastFundingType: words(100), usesGpus: z.boolean().nullable(), buildsAi: z.boolean().nullable(),
};
const person = z.strictObject({ name: text(120).min(1, "must not be empty"), email: z.string().max(254).transform((v, ctx) => (v.trim() === "" ? null : (emailOf(v) ?? (ctx.addIssue({ code: "custom", message: "is not an e-mail address" }), z.NEVER)))).nullable().default(null), title: words(160).optional() });

export const createLeadSchema = z.strictObject({
  name: text(160).min(1, "must not be empty"), website: website.default(null), person: person.optional(),
}).meta({ id: "CreateLead", examples: [{ name: "Harbour Robotics", website: "harbour-robotics.example", person: { name: "Grace Hopper", email: "grace@harbour-robotics.example" } }] });

export const updateLeadSchema = z.strictObject({
  name: text(160).min(1, "must not be empty"), website, stage: leadStageSchema, nextStep: words(500), nextStepOn: day.nullable(), linkPath: ownPath, ...facts,
}).partial().refine((u) => Object.keys(u).length > 0, "nothing to change").meta({ id: "UpdateLead", examples: [{ stage: "contacted", nextStep: "Send the OCR study", nextStepOn: "2026-12-01" }] });

export const createNoteSchema = z.strictObject({ text: text(8000).min(1, "must not be empty") }).meta({ id: "CreateLeadNote" });
export const stageCountsSchema = z.object({ items: z.array(z.object({ stage: leadStageSchema, count: z.number().int() })) });

export const erasureSchema = z.strictObject({
  email: z.string().max(254).transform((v, ctx) => emailOf(v) ?? (ctx.addIssue({ code: "custom", message: "is not an e-mail address" }), z.NEVER)).optional().meta({ description: "Everything of whoever has this address, wherever it stands" }),
  person: z.uuid().optional().meta({ description: "Or: a person of a lead, by id" }),
  dryRun: z.boolean().default(false).meta({ description: "Only says what would be deleted" }),
}).refine((e) => (e.email === undefined) !== (e.person === undefined), "give either an address or a person").meta({ id: "LeadErasure" });
export const erasedSchema = z.object({
  people: z.number().int(), contactRequests: z.number().int(), pendingNotices: z.number().int().meta({ description: "Of the requests, those that somebody was still to be told of" }), leads: z.number().int().meta({ description: "Leads that stood for this person alone" }),
  notes: z.number().int(), visitCounts: z.number().int(), listRows: z.number().int(), lists: z.number().int().meta({ description: "Lists not yet taken over whose file held this person: the file is deleted" }),
}).meta({ id: "LeadErased" });
export type ErasedDto = z.infer<typeof erasedSchema>;
