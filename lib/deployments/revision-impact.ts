import { z } from "zod";
import type { RevisionDto } from "@/lib/deployments/schema";
import { HOURS_PER_MONTH } from "@/lib/profiles/schema";

const ofRevision = z.object({
  image: z.string().nullable().meta({ description: "Image by digest; null: the runtime's own" }), digest: z.string(), profile: z.string(),
  replicas: z.object({ min: z.number().int(), max: z.number().int() }),
  monthlyUsd: z.object({ min: z.number(), max: z.number() }).nullable().meta({ description: "With the fewest and the most replicas all month, at the price the revision was made with; null: no price is on file" }),
});

/** What changing from one revision to the other does, beside its fields. */
export const impactSchema = z.object({ from: ofRevision, to: ofRevision }).meta({ id: "RevisionImpact" });
export type RevisionImpact = z.infer<typeof impactSchema>;

export type Side = { revision: RevisionDto; image: string | null; replicas: { min: number; max: number } };

/** Pure. */
export function revisionImpact(from: Side, to: Side): RevisionImpact {
  const side = ({ revision, image, replicas }: Side) => ({
    image, digest: revision.digest, profile: revision.profile, replicas,
    monthlyUsd: revision.pricePerHour === null ? null : { min: month(revision.pricePerHour, replicas.min), max: month(revision.pricePerHour, replicas.max) },
  });
  return { from: side(from), to: side(to) };
}

const month = (perHour: number, replicas: number) => Math.round(perHour * replicas * HOURS_PER_MONTH * 100) / 100;
