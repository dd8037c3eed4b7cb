import { Prisma } from "@/lib/db/generated/client";

/** What a deployment without a canary has in its columns. */
export const NO_CANARY = { canaryWeight: null, canaryPlan: Prisma.DbNull, canaryPaused: false } as const;
