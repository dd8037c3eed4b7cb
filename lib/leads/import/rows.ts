import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { DELIMITERS, type Delimiter } from "@/lib/leads/import/delimiters";

export type Row = { line: number; cells: string[] } | { line: number; fault: string };

/** A record longer than this has lost its closing quotation mark. */
const MOST_CHARACTERS = 200_000;

/** Rows of a CSV text as it comes, the heading first. Holds no more than a record and what the parser has in hand. What is no record is a fault of its line, and the rest goes on. */
export async function* readRows(text: AsyncIterable<string> | Iterable<string>, delimiter: string): AsyncGenerator<Row> {
  const faults: { line: number; fault: string }[] = [];
  const parser = parse({
    delimiter, record_delimiter: ["\r\n", "\n", "\r"], bom: true, info: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true, max_record_size: MOST_CHARACTERS, skip_records_with_error: true,
    on_skip: (error) => { faults.push({ line: Number((error as CsvError & { lines?: number } | undefined)?.lines ?? 0), fault: "It could not be read: a quotation mark is not closed, or it is far too long." }); return undefined; },
  });
  // A fault of the source reaches the loop below by destroying the parser.
  pipeline(Readable.from(text), parser, () => undefined);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      // The parser is ahead of this loop: a fault is told in its place.
      while (faults[0] && faults[0].line < info.lines) yield faults.shift()!;
      if (record.some((cell) => cell.trim() !== "")) yield { line: info.lines, cells: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    faults.push({ line: Number((error as CsvError & { lines?: number }).lines ?? 0), fault: "From here on the file could not be read as CSV." });
  }
  yield* faults;
}

/** Pure: what parts the cells: the sign that the first lines have equally often, and most. Within quotation marks it is text. */
export function detectDelimiter(sample: string): Delimiter {
  const bare = sample.replace(/"(?:[^"]|"")*"/g, "");
  const lines = bare.split(/\r\n|\r|\n/).filter((l) => l.trim() !== "").slice(0, 20);
  const scored = DELIMITERS.map((sign) => {
    const counts = lines.map((l) => l.split(sign).length - 1);
    const head = counts[0] ?? 0;
    return { sign, worth: head === 0 ? 0 : head * (counts.filter((n) => n === head).length / counts.length) };
  });
  return scored.reduce((best, s) => (s.worth > best.worth ? s : best)).sign;
}
