import type { Pool } from "pg";
import type { Logger } from "@/lib/logger";

export type JobContext = { pool: Pool; now: Date; log: Logger };

/** Something done now and then by one worker, whatever their number. Idempotent: it may be cut off anywhere and run again. */
export type Job = { name: string; everyMs: number; run(context: JobContext): Promise<void> };
