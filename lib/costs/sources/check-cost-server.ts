import { allocationApiSource, type Ask, type CostServer } from "@/lib/costs/allocation-api-source";
import type { CostSourceHealth } from "@/lib/costs/sources/schema";
import { AppError } from "@/lib/errors";

const WINDOW_MS = 2 * 3_600_000;
const LIMIT_MS = 30_000;

/** Asks a cost server for the last two hours. Never throws for what the server does. */
export async function checkCostServer(server: CostServer, now: Date, ask?: Ask): Promise<CostSourceHealth> {
  try {
    const { allocations, notes } = await allocationApiSource(server, ask).allocations({ window: { from: new Date(now.getTime() - WINDOW_MS), to: now }, now, signal: AbortSignal.timeout(LIMIT_MS) });
    const deployments = allocations.filter((a) => a.kind === "deployment").length;
    return { ok: true, deployments, notes, message: deployments > 0 ? "It answers." : "It answers, and has no figures of deployments of this Slipway in the last two hours. Does it keep the pods' labels?" };
  } catch (error) {
    return { ok: false, deployments: null, notes: [], message: costServerWords(error) };
  }
}

/** Why a server gave no answer, in words. Throws again what is no fault of the server's. */
export function costServerWords(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if (["TimeoutError", "AbortError"].includes((error as Error).name)) return `It did not answer within ${LIMIT_MS / 1000} s.`;
  if ((error as Error).name === "FetchError" || (error as NodeJS.ErrnoException).code) return "The connection to it was cut off.";
  throw error;
}
