import { tooMuchMemory } from "./memory-words";

const INTERVAL_MS = 200;

/** Calls `onExceeded`, once, with words for the user, when resident memory passes the limit. 0 means no limit. */
export function watchMemory(memoryMib: number, onExceeded: (message: string) => void): void {
  if (memoryMib === 0) return;
  const timer = setInterval(() => {
    const usedMib = process.memoryUsage.rss() / 1024 / 1024;
    if (usedMib <= memoryMib) return;
    clearInterval(timer);
    onExceeded(tooMuchMemory(usedMib, memoryMib));
  }, INTERVAL_MS);
  timer.unref();
}

/** Whether the runtime's words mean that memory ran out. */
export const isOutOfMemory = (message: string) => /bad_alloc|failed to allocate memory|out of memory|cannot allocate memory|allocation failed/i.test(message);
