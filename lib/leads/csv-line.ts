/** A line of CSV. What a spreadsheet would take for a formula gets an apostrophe before it. */
export const csvLine = (cells: (string | number | boolean | null | undefined)[]): string => `${cells.map(cell).join(",")}\r\n`;

function cell(value: string | number | boolean | null | undefined): string {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
