import { z } from "zod";
import type { Phase } from "@/lib/deployments/schema";

/**
 * What an event about a deployment says of it, so that an open page shows it before it has read the rest: a part of what the API answers
 * to the same readers, and small enough for a notification.
 */
export const liveStateSchema = z.strictObject({
  generation: z.int(), observedGeneration: z.int(), phase: z.string().transform((phase) => phase as Phase),
  replicas: z.strictObject({ wanted: z.int(), starting: z.int(), ready: z.int() }),
  changedAt: z.string(),
});
export type LiveState = z.output<typeof liveStateSchema>;
