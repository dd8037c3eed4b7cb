import type { z } from "zod";
import type { KnownPart, MeasuredCosts, replicaTimeCostSchema } from "@/lib/costs/schema";

/** Answer of a deployment's `/costs`. */
export type ReplicaTimeCost = z.infer<typeof replicaTimeCostSchema> & { from: string; to: string; source: string; predictions: number | null; loadTestPredictions: number; priceNote: string | null; measured: MeasuredCosts | null; known: KnownPart; missingDays: string[] };

/** Why there is no figure per 1,000 predictions. */
export const whyNoUnitCost = (cost: ReplicaTimeCost): string => (cost.total === null ? "no price on file" : cost.predictions === null ? "not measured yet" : cost.predictions > 0 ? "no price for a part" : "no predictions yet");
