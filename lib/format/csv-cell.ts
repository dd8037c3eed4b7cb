/** A cell of a CSV file: quoted where it must be; text that a spreadsheet takes for a formula gets an apostrophe before it. null: empty. */
export function csvCell(value: string | number | boolean | null): string {
  if (typeof value === "number") return String(value);
  const text = value === null ? "" : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
