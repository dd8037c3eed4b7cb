/** Enough to keep the instance and this process busy; one person's browser asks for as many. */
const AT_ONCE = 6;

/** Does `what` with every item, a few at a time: for requests of which none depends on another. Throws what the first that failed threw, once nothing is under way. */
export async function atOnce<T>(items: readonly T[], what: (item: T) => Promise<void>, width = AT_ONCE): Promise<void> {
  const queue = [...items];
  const failures: unknown[] = [];
  await Promise.all(Array.from({ length: width }, async () => {
    while (queue.length > 0 && failures.length === 0) await what(queue.shift()!).catch((error: unknown) => void failures.push(error));
  }));
  if (failures.length > 0) throw failures[0];
}
