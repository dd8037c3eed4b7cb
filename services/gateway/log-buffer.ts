import type { LogLine } from "@/lib/targets/target";

const MAX_LINES = 2000;
const MAX_LINE_CHARS = 8192;

/** The last lines of a deployment's replicas, and whoever follows them. */
export class LogBuffer {
  private readonly lines: LogLine[] = [];
  private readonly followers = new Set<(line: LogLine) => void>();

  push(line: Omit<LogLine, "at">): void {
    const text = line.text.length > MAX_LINE_CHARS ? `${line.text.slice(0, MAX_LINE_CHARS)}…` : line.text;
    const full = { at: new Date().toISOString(), ...line, text };
    this.lines.push(full);
    if (this.lines.length > MAX_LINES) this.lines.shift();
    for (const follower of this.followers) follower(full);
  }

  tail(count: number, matches: (line: LogLine) => boolean): LogLine[] {
    return count <= 0 ? [] : this.lines.filter(matches).slice(-count);
  }

  /** Returns the way to stop. */
  follow(follower: (line: LogLine) => void): () => void {
    this.followers.add(follower);
    return () => this.followers.delete(follower);
  }
}
