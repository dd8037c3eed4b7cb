import { formatMoneyPerHour } from "@/lib/format/money";

const WORDS: Record<string, string> = { version: "Version", digest: "Digest", format: "Format", profile: "Profile", pricePerHour: "Price per replica", runtime: "Runtime", queueLimit: "Queue limit" };

/** What a field of a diff is called; variables and secrets by their own name. */
export function fieldWord(field: string): string {
  if (field.startsWith("env.")) return `Variable ${field.slice(4)}`;
  if (field.startsWith("secrets.")) return `Secret for ${field.slice(8)}`;
  return WORDS[field] ?? field;
}

/** A field's value as it is shown; "not set" where a variable is absent, "unknown" where a price is. */
export function fieldValue(field: string, value: unknown): string {
  if (field === "pricePerHour") return formatMoneyPerHour(typeof value === "number" ? value : null);
  if (value === null || value === undefined) return "not set";
  if (field === "version") return `v${String(value)}`;
  if (field === "digest") return String(value).replace(/^sha256:/, "").slice(0, 12);
  return value === "" ? "empty" : String(value);
}
