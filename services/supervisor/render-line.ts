const LEVELS: Record<number, string> = { 10: "trace", 20: "debug", 30: "info", 40: "warn", 50: "error", 60: "fatal" };
const COLOURS: Record<string, string> = { web: "36", worker: "35", gateway: "33", database: "34", slipway: "32" };
const LEVEL_COLOURS: Record<string, string> = { warn: "33", error: "31", fatal: "31" };
const KNOWN = new Set(["level", "time", "name", "msg", "err"]);
const NAME_WIDTH = 8;

/**
 * One line of a process for people: `12:03:04 web      info  message key=value`. A line that is no record of ours is shown as it
 * came. Control characters are made visible: what a request put into a log must not move the cursor or colour the terminal.
 */
export function renderLine(name: string, line: string, o: { colour: boolean; now?: Date }): string {
  const paint = (text: string, code: string | undefined) => (o.colour && code ? `\u001b[${code}m${text}\u001b[0m` : text);
  const record = parse(line);
  const time = clock(record?.time, o.now ?? new Date());
  const who = paint(name.padEnd(NAME_WIDTH), COLOURS[name]);
  if (!record) return `${time} ${who} ${visible(line)}`;
  const level = LEVELS[Number(record.level)] ?? "info";
  const fields = Object.entries(record)
    .filter(([key]) => !KNOWN.has(key))
    .map(([key, value]) => `${key}=${typeof value === "string" && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value)}`);
  const error = record.err as { message?: string; stack?: string } | undefined;
  const text = [String(record.msg ?? ""), ...fields].filter(Boolean).join(" ");
  const trouble = error ? `\n${visible(error.stack ?? error.message ?? "", true)}` : "";
  return `${time} ${who} ${paint(level.padEnd(5), LEVEL_COLOURS[level])} ${visible(text)}${trouble}`;
}

function parse(line: string): Record<string, unknown> | null {
  if (!line.startsWith("{")) return null;
  try {
    const record = JSON.parse(line) as Record<string, unknown>;
    return "level" in record && "time" in record ? record : null;
  } catch {
    return null;
  }
}

function clock(time: unknown, now: Date): string {
  const at = typeof time === "string" || typeof time === "number" ? new Date(time) : now;
  return (Number.isNaN(at.getTime()) ? now : at).toTimeString().slice(0, 8);
}

function visible(text: string, lines = false): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (c) => (c === "\t" || (lines && c === "\n") ? c : `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`));
}
