import { ApiProblem } from "@/lib/api-client/api-problem";

/** Whether a failed read is worth another try at once: no answer at all, or a 5xx; at most twice, and not where it was waited for as long as is sensible. An answer below 500 will not change by asking again. */
export function shouldRetry(failures: number, error: unknown): boolean {
  if (failures >= 2 || (error instanceof ApiProblem && error.code === "timed_out")) return false;
  return mayPass(error);
}

const AGAIN_MS = 15_000;

/** The rhythm of a query that has none of its own: what could not be read is read again by itself, so that a page recovers with the server. */
export const againIfFailed = ({ state }: { state: { status: string; error: unknown } }): number | false => (state.status === "error" && mayPass(state.error) ? AGAIN_MS : false);

/** Whether what failed may succeed later without anybody doing anything. */
function mayPass(error: unknown): boolean {
  const status = typeof error === "object" && error !== null && "status" in error ? error.status : undefined;
  return typeof status === "number" ? status === 0 || status >= 500 : error instanceof TypeError;
}
