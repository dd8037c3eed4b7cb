/** Whether a failed read is worth another try: no answer at all, or a 5xx; at most twice. An answer below 500 will not change by asking again. */
export function shouldRetry(failures: number, error: unknown): boolean {
  if (failures >= 2) return false;
  const status = typeof error === "object" && error !== null && "status" in error ? error.status : undefined;
  return typeof status === "number" ? status === 0 || status >= 500 : error instanceof TypeError;
}
