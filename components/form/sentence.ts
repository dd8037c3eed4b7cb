import { capital } from "@/lib/format/capital";

/** A schema's message ("must not be empty") as a sentence below its field; undefined stays so. */
export function sentence(message: string | undefined): string | undefined {
  if (!message) return undefined;
  const text = message.trim();
  return `${capital(text)}${/[.!?]$/.test(text) ? "" : "."}`;
}
