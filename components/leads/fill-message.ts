export type MessageFields = { name: string | null; company: string; link: string; sender: string };

/** Fills {{field}} in a message. What is not known stays in square brackets, to be seen and written by hand. */
export function fillMessage(text: string, fields: MessageFields): string {
  const known: Record<string, string | null> = { name: fields.name, "first name": fields.name?.trim().split(/\s+/)[0] || null, company: fields.company, link: fields.link, sender: fields.sender };
  return text.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (_, field: string) => known[field] ?? `[${field}]`);
}
