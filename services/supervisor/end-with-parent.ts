import fs from "node:fs";

/**
 * Calls `onEnd` once when the supervisor is gone, however it went: it holds the other end of our stdin, which the kernel
 * closes with it. Where stdin is no pipe (started by hand, from /dev/null or a terminal) there is no parent to watch.
 */
export function endWithParent(onEnd: () => void): void {
  let stat: fs.Stats;
  try {
    stat = fs.fstatSync(0);
  } catch {
    return;
  }
  if (!stat.isFIFO() && !stat.isSocket()) return;
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    onEnd();
  };
  process.stdin.on("end", end).on("close", end).on("error", end).resume();
  // Watching must not keep a process alive that has nothing else to do.
  (process.stdin as unknown as { unref?: () => void }).unref?.();
}
