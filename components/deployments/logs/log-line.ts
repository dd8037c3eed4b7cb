/** One line as the API streams it. */
export type LogLine = { at: string; replica: string; revision: number; stream: "stdout" | "stderr" | "system"; text: string };
/** `n`: its place in what was read, for a stable key. */
export type HeldLine = LogLine & { n: number };

/** The most lines a page holds; older ones are let go. */
export const MOST_LINES = 5_000;

/** The newest `most` lines of what was held and what came. */
export function keepNewest(held: readonly HeldLine[], came: readonly HeldLine[], most = MOST_LINES): HeldLine[] {
  if (came.length >= most) return came.slice(came.length - most);
  return [...held.slice(Math.max(0, held.length + came.length - most)), ...came];
}

/** Cuts NDJSON into lines as pieces come: whole lines are returned, the unfinished rest waits. A line that is no JSON is left out. */
export function ndjsonReader(): (piece: string) => LogLine[] {
  let rest = "";
  return (piece) => {
    const parts = (rest + piece).split("\n");
    rest = parts.pop() ?? "";
    return parts.flatMap((part) => {
      if (part.trim() === "") return [];
      try {
        return [JSON.parse(part) as LogLine];
      } catch {
        return [];
      }
    });
  };
}

/** A line as it is copied and saved. */
export const plainLine = (l: LogLine): string => `${l.at} ${l.stream} r${l.revision} ${l.replica} ${l.text}`;
