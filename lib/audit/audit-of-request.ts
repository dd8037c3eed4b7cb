/** Rows of the audit log by the request that wrote them, until its log line is written. Bounded: what is not asked for is forgotten. */
const MOST = 1000;
const rows = new Map<string, string[]>();

export function noteAuditRow(requestId: string | null, seq: bigint): void {
  if (requestId === null) return;
  if (rows.size >= MOST && !rows.has(requestId)) rows.delete(rows.keys().next().value!);
  rows.set(requestId, [...(rows.get(requestId) ?? []), String(seq)]);
}

/** Numbers of the audit rows of a request, once. */
export function takeAuditRows(requestId: string): string[] {
  const found = rows.get(requestId) ?? [];
  rows.delete(requestId);
  return found;
}
