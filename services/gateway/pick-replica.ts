/** What routing has to know of a replica. */
type Candidate = { state: string; outstanding: number };
type Pool<R extends Candidate> = { weight: number; replicas: readonly R[] };

/**
 * The replica for the next request: a revision by weight among those that can serve, then its replica with the fewest requests, at
 * random among equals. Where no revision with a weight can serve, a revision that is being replaced still does. `random` is in [0, 1).
 */
export function pickReplica<R extends Candidate>(pools: Iterable<Pool<R>>, except: R | null, random: () => number): R | null {
  const able: { weight: number; ready: R[] }[] = [];
  for (const pool of pools) {
    const ready = pool.replicas.filter((r) => r.state === "ready" && r !== except);
    if (ready.length > 0) able.push({ weight: pool.weight, ready });
  }
  const total = able.reduce((n, p) => n + p.weight, 0);
  let chosen: { ready: R[] } | undefined = able[0];
  if (total > 0) {
    let at = random() * total;
    chosen = able.find((p) => (at -= p.weight) < 0) ?? able.find((p) => p.weight > 0);
  }
  return chosen ? leastOutstanding(chosen.ready, random) : null;
}

function leastOutstanding<R extends Candidate>(ready: R[], random: () => number): R | null {
  const least = Math.min(...ready.map((r) => r.outstanding));
  const idle = ready.filter((r) => r.outstanding === least);
  return idle[Math.floor(random() * idle.length)] ?? null;
}
