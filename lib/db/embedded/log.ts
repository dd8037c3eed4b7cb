/** What the embedded server needs of a logger; pino's fits, and so does the supervisor's own. */
export type Log = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
};
