export type FailureReason = "LoadFailed" | "DigestMismatch" | "OutOfMemory";

/** What the server tells its parent, one JSON line each on standard output. Any other line is output of the runtime. */
export type ServerEvent =
  | { event: "listening"; port: number }
  | { event: "loading" }
  | { event: "ready"; loadMs: number }
  | { event: "failed"; reason: FailureReason; message: string }
  | { event: "log"; level: "info" | "warn" | "error"; message: string };

/** A pipe is written synchronously on POSIX, so an event is out before a following exit. */
export function emit(event: ServerEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

/** The event a line carries, or null when the line is output of the runtime. */
export function parseEvent(line: string): ServerEvent | null {
  if (!line.startsWith('{"event":"')) return null;
  try {
    const parsed = JSON.parse(line) as ServerEvent;
    return ["listening", "loading", "ready", "failed", "log"].includes(parsed.event) ? parsed : null;
  } catch {
    return null;
  }
}
