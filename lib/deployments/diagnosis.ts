import { z } from "zod";

/** One raw line the diagnosis rests on: whose it is, who says it, its own words. */
export const evidenceSchema = z.object({ object: z.string(), source: z.string(), text: z.string(), at: z.string().nullable() }).meta({ id: "DiagnosisEvidence" });
export type Evidence = z.infer<typeof evidenceSchema>;

/** One cause and one fix. `code` is stable; "Unknown" where no rule matches. */
export const causeSchema = z.object({ code: z.string(), cause: z.string(), fix: z.string(), evidence: z.array(evidenceSchema) }).meta({ id: "DiagnosisCause" });
export type Cause = z.infer<typeof causeSchema>;
