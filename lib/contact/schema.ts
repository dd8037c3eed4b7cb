import { z } from "zod";
import { emailOf } from "@/lib/leads/keys";

/** What is agreed to by sending the form; kept with the request as it stood. */
export const CONSENT = "Slipway's operator may keep what I send here and use it to answer me. It is deleted when I ask.";
/** A field no person sees: filled in, a program wrote. */
export const TRAP = "fax_extension";
export const ORIGIN_FIELDS = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "from"] as const;

const text = (max: number) => z.string().trim().max(max, `may have at most ${max} characters`).refine((v) => v.isWellFormed() && !v.includes("\u0000"), "holds characters that are not text");

const origin = z.string().trim().max(200).transform((v) => v.toWellFormed().replaceAll("\u0000", "")).optional();

export const contactSchema = z.object({
  formKey: z.uuid("is not of our form. Reload the page and send it again"),
  name: text(120).min(1, "Tell us your name"),
  email: z.string().max(254).transform((v, ctx) => emailOf(v) ?? (ctx.addIssue({ code: "custom", message: "is not an e-mail address" }), z.NEVER)),
  company: text(160).default("").transform((v) => v || null),
  message: text(4000).min(1, "Write what it is about"),
  consent: z.literal("yes", "Agree, so that we may answer"),
  ...Object.fromEntries(ORIGIN_FIELDS.map((f) => [f, origin])) as Record<(typeof ORIGIN_FIELDS)[number], typeof origin>,
});
export type ContactForm = z.output<typeof contactSchema>;
