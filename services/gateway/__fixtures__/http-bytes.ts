export type Head = { first: string; fields: Map<string, string>; /** Where the body begins. */ end: number };

/** The head at `from`; null: it is not whole. */
export function headAt(bytes: Buffer, from: number): Head | null {
  const end = bytes.indexOf("\r\n\r\n", from);
  if (end < 0) return null;
  const [first = "", ...lines] = bytes.toString("latin1", from, end).split("\r\n");
  return { first, fields: new Map(lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()])), end: end + 4 };
}

/** What is there of the body after a head that has one, and whether it is whole; `next` is the byte after it. */
export function bodyAt(bytes: Buffer, head: Head): { body: Buffer; whole: boolean; next: number } {
  if (head.fields.get("transfer-encoding") !== "chunked") {
    const next = head.end + Number(head.fields.get("content-length") ?? 0);
    return { body: bytes.subarray(head.end, next), whole: bytes.length >= next, next };
  }
  const parts: Buffer[] = [];
  for (let at = head.end; ;) {
    const line = bytes.indexOf("\r\n", at);
    if (line < 0) return { body: Buffer.concat(parts), whole: false, next: at };
    const length = parseInt(bytes.toString("latin1", at, line), 16);
    const data = bytes.subarray(line + 2, line + 2 + length);
    parts.push(data);
    const next = line + 2 + length + 2;
    if (bytes.length < next) return { body: Buffer.concat(parts), whole: false, next: at };
    if (length === 0) return { body: Buffer.concat(parts), whole: true, next };
    at = next;
  }
}
