import pino from "pino";
import { env } from "@/lib/env";

/** Where a secret could ever travel in a logged object: replaced before the line is written. */
const REDACT = [
  "authorization", "cookie", "password", "token", "secret", "secrets", "*.authorization", "*.cookie", "*.password", "*.token",
  "*.secret", "*.secrets", "headers.authorization", "headers.cookie", "req.headers.authorization", "req.headers.cookie",
];

export type Logger = pino.Logger;

/** One JSON line a record on stdout; the supervisor makes it readable. */
export function createLogger(name: string): Logger {
  return pino({ name, level: env().LOG_LEVEL, base: undefined, redact: { paths: REDACT, censor: "[redacted]" }, timestamp: pino.stdTimeFunctions.isoTime });
}
