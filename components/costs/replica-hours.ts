/** Replica hours with as many digits as mean something: 0.012 · 3.4 · 1,204. */
export function formatReplicaHours(hours: number): string {
  if (hours === 0) return "0";
  if (hours < 0.001) return "under 0.001";
  if (hours >= 100) return Math.round(hours).toLocaleString("en-US");
  return String(Number(hours.toPrecision(hours >= 1 ? 3 : 2)));
}
