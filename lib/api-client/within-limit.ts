/** The work was not done in time; its signal was aborted. */
export class Late extends Error {}

/**
 * Does work that ends with its signal: when `signal` aborts, or after `limitMs` (null: never), which rejects with Late. By hand, since
 * AbortSignal.any is newer than the oldest browsers that the portal runs in.
 */
export async function withinLimit<T>(limitMs: number | null, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const own = new AbortController();
  let late = false;
  const end = () => own.abort(signal?.reason);
  if (signal?.aborted) end();
  else signal?.addEventListener("abort", end, { once: true });
  const timer = limitMs === null ? undefined : setTimeout(() => { late = true; own.abort(); }, limitMs);
  try {
    return await work(own.signal);
  } catch (cause) {
    // Whoever left is not told that it was late.
    if (late && !signal?.aborted) throw new Late(`not done within ${limitMs} ms`, { cause });
    throw cause;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}
